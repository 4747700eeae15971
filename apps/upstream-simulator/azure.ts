import { isRecord, listOf, type JsonRecord } from '../../libs/demo-model/read-json.js';
import { type Answer, type AnswerStep, jsonAnswer, lazily, part } from './answer.js';
import { bodyOf, withBody } from './shape-usage.js';
import type { SimulatorRequest } from './simulator-request.js';

const SAFE = { filtered: false, severity: 'safe' };
const FILTER_RESULTS = { hate: SAFE, self_harm: SAFE, sexual: SAFE, violence: SAFE };
const PROMPT_FILTER_RESULTS = [{ prompt_index: 0, content_filter_results: FILTER_RESULTS }];

/** Azure's additions to an answer of its classic address: filter results, and a first event without choices. */
export function azureAnswer({ query, path }: SimulatorRequest, answer: Answer): Answer {
  if (!query.has('api-version')) return jsonAnswer({ error: { code: '404', message: 'Resource not found' } }, 404);
  if (answer.status !== 200 || path !== '/chat/completions') return answer;
  const steps = lazily(function* (): Generator<AnswerStep> {
    if (answer.isStream) yield filterEvent();
    for (const step of answer.steps) {
      const body = step.kind === 'part' ? bodyOf(step) : null;
      yield step.kind === 'part' && body !== null ? withBody(step, withFilters(body, answer.isStream)) : step;
    }
  });
  return { ...answer, steps };
}

function filterEvent(): AnswerStep {
  const event = {
    choices: [],
    created: 0,
    id: '',
    model: '',
    object: '',
    prompt_filter_results: PROMPT_FILTER_RESULTS,
  };
  return part(`data: ${JSON.stringify(event)}\n\n`, { isEvent: true });
}

function withFilters(body: JsonRecord, isStream: boolean): JsonRecord {
  const choices = listOf(body['choices']).map((choice) =>
    isRecord(choice) ? { ...choice, content_filter_results: isStream ? {} : FILTER_RESULTS } : choice,
  );
  return isStream ? { ...body, choices } : { ...body, choices, prompt_filter_results: PROMPT_FILTER_RESULTS };
}
