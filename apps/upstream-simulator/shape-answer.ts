import { isRecord, type JsonRecord, recordOf } from '../../libs/demo-model/read-json.js';
import { type Answer, bufferedAnswer, jsonAnswer, lazily, mapLazily, part } from './answer.js';
import { errorAnswer, errorStyleOf } from './api-error.js';
import { type Behaviour, bytesOf, type RetryAfter } from './behaviour.js';
import { shapeStream } from './shape-stream.js';
import { shapeUsage } from './shape-usage.js';

const EVENT_STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

/**
 * The answer that a behaviour asks for.
 * @param path decides the shape of errors
 * @param usual makes the answer that would be given without a script
 */
export function shapeAnswer(behaviour: Behaviour, path: string, usual: () => Answer): Answer {
  const chosen = exactAnswer(behaviour, path) ?? usual();
  const counted = behaviour.usage === undefined ? chosen : shapeUsage(chosen, behaviour.usage);
  const style = errorStyleOf(path);
  const steps = counted.isStream ? lazily(() => shapeStream(counted.steps, behaviour, style)) : counted.steps;
  const paced = behaviour.eventEveryMs === undefined ? steps : evenly(steps, behaviour.eventEveryMs);
  return { ...counted, headers: headersFor(counted, behaviour), steps: paced };
}

/** Forces what a script needs to know about into the request: usage in the stream, and the exact words. */
export function bendRequest(json: unknown, { usage, answer }: Behaviour): unknown {
  if (!isRecord(json)) return json;
  const shape = usage?.shape ?? 'normal';
  const asked = shape === 'normal' ? json : { ...json, stream_options: { include_usage: true } };
  return answer === undefined ? asked : { ...asked, ...saying(asked, answer) };
}

function saying(json: JsonRecord, answer: string): JsonRecord {
  const prompt = `Repeat exactly: ${answer}`;
  if ('prompt' in json) return { prompt };
  return 'input' in json ? { input: prompt } : { messages: [{ role: 'user', content: prompt }] };
}

function exactAnswer(behaviour: Behaviour, path: string): Answer | null {
  const { status, json, body, bytes, sse, redirectTo, contentType } = behaviour;
  if (bytes !== undefined) return bufferedAnswer(status ?? 200, contentType ?? 'application/json', bytesOf(bytes));
  if (sse !== undefined) return streamAnswer(status ?? 200, typeof sse === 'string' ? eventsOf(sse) : sse);
  if (body !== undefined) return bufferedAnswer(status ?? 200, contentType ?? 'application/json', body);
  if (json !== undefined) return bufferedAnswer(status ?? 200, contentType ?? 'application/json', JSON.stringify(json));
  if (redirectTo !== undefined) {
    const answer = jsonAnswer({}, status ?? 307);
    return { ...answer, headers: { ...answer.headers, location: redirectTo } };
  }
  if (status === undefined) return null;
  if (status === 204 || status === 304) return { status, headers: {}, isStream: false, steps: [] };
  return status >= 400 ? errorAnswer(status, errorStyleOf(path), behaviour.error) : null;
}

function streamAnswer(status: number, events: readonly string[]): Answer {
  const steps = events.map((event) => part(event, { isEvent: !event.startsWith(':') }));
  return { status, headers: EVENT_STREAM, isStream: true, steps };
}

/** Cuts a stream after each blank line; joined again the pieces are the text. */
function eventsOf(text: string): readonly string[] {
  return text.split(/(?<=\n\n|\r\n\r\n|\r\r)/).filter((event) => event !== '');
}

function evenly(steps: Answer['steps'], everyMs: number): Answer['steps'] {
  return mapLazily(steps, (step) => (step.kind === 'part' && step.isEvent ? { ...step, afterMs: everyMs } : step));
}

function headersFor(answer: Answer, { headers = {}, contentType, retryAfter }: Behaviour): Answer['headers'] {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const merged = {
    ...answer.headers,
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(retryAfter === undefined ? {} : retryHeaders(retryAfter)),
    ...Object.fromEntries(given),
  };
  const kept = Object.entries(merged).filter(([, value]) => value !== null && value !== undefined);
  return recordOf(Object.fromEntries(kept)) as Answer['headers'];
}

function retryHeaders(retryAfter: RetryAfter): Answer['headers'] {
  if ('seconds' in retryAfter) return { 'retry-after': String(retryAfter.seconds) };
  if ('ms' in retryAfter) return { 'retry-after-ms': String(retryAfter.ms) };
  return { 'retry-after': new Date(Date.now() + retryAfter.dateInMs).toUTCString() };
}
