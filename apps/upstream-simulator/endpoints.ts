import { demoReply } from '../../libs/demo-model/demo-reply.js';
import { isRecord } from '../../libs/demo-model/read-json.js';
import { type Answer, fromDemoReply, jsonAnswer } from './answer.js';
import { errorAnswer } from './api-error.js';
import { speechAnswer, transcriptionAnswer } from './audio.js';
import { azureAnswer } from './azure.js';
import { echoAnswer } from './echo.js';
import type { FileStore } from './file-store.js';
import { imageAnswer } from './images.js';
import type { SimulatorRequest } from './simulator-request.js';

export const SIMULATED_MODELS: readonly string[] = [
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-4o-mini-tts',
  'gpt-4o-transcribe',
  'gpt-image-1',
  'omni-moderation-latest',
  'text-embedding-3-large',
  'text-embedding-3-small',
  'claude-sonnet-4-20250514',
];

/** What the API answers when no script says otherwise. */
export function answerFor(request: SimulatorRequest, files: FileStore, tokensPerSecond: number): Answer {
  const { method, path, json } = request;
  if (path === '/echo' || path.startsWith('/echo/')) return echoAnswer(request);
  if (path.startsWith('/files') || path.startsWith('/batches')) return files.answer(request);
  if (method === 'GET' && /^\/models(?:\/|$)/.test(path)) return modelsAnswer(path);
  if (method === 'POST' && path === '/audio/speech') return speechAnswer(request);
  if (method === 'POST' && /^\/audio\/(?:transcriptions|translations)$/.test(path)) return transcriptionAnswer(request);
  if (method === 'POST' && /^\/images\/(?:generations|edits|variations)$/.test(path)) return imageAnswer(request);
  // Azure takes the model from the address and needs none in the body.
  const body = request.isAzure && isRecord(json) ? { ...json, model: request.model } : json;
  const answer = fromDemoReply(demoReply({ method, path, body }, { tokensPerSecond }));
  return request.isAzure ? azureAnswer(request, answer) : answer;
}

function modelsAnswer(path: string): Answer {
  const id = decodeURIComponent(path.slice('/models/'.length));
  const model = (name: string) => ({ id: name, object: 'model', created: 1_700_000_000, owned_by: 'simulator' });
  if (id === '') return jsonAnswer({ object: 'list', data: SIMULATED_MODELS.map((name) => model(name)) });
  if (SIMULATED_MODELS.includes(id)) return jsonAnswer(model(id));
  return errorAnswer(404, 'openai', { message: `The model '${id}' does not exist`, param: 'model' });
}
