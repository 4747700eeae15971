import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import { answerEarly, answerRaw } from './answer-early.js';
import { errorAnswer, errorStyleOf } from './api-error.js';
import { type Behaviour, bytesOf } from './behaviour.js';
import { answerFor } from './endpoints.js';
import type { FileStore } from './file-store.js';
import type { RecordedCall } from './ledger.js';
import { playAnswer, resetNow } from './play-answer.js';
import { readBody } from './read-body.js';
import type { ScriptBook } from './script-book.js';
import { bendRequest, shapeAnswer } from './shape-answer.js';
import { pathnameOf, readRequest, type SimulatorRequest } from './simulator-request.js';

export interface Surroundings {
  readonly scripts: ScriptBook;
  readonly files: FileStore;
  readonly requiredKey: string | null;
  readonly tokensPerSecond: number;
  readonly closeIdleSockets: () => void;
}

/** Reads a call, finds its script, and answers it. Never rejects: a peer that leaves is an ordinary ending. */
export async function serveCall(
  request: IncomingMessage,
  response: ServerResponse,
  call: RecordedCall,
  surroundings: Surroundings,
): Promise<void> {
  const { socket } = request;
  const closed = new AbortController();
  response.once('close', () => {
    call.ended(response.writableFinished ? 'complete' : 'aborted');
    closed.abort();
  });
  try {
    const path = pathnameOf(call.path);
    if (surroundings.scripts.peekByPath(path)?.earlyAnswer !== undefined) {
      return answerBeforeBody(request, call, path, surroundings.scripts);
    }
    const body = await readBody(request);
    const parts = { method: call.method, url: call.path, headers: call.headers, rawHeaders: call.rawHeaders, body };
    const read = readRequest(parts);
    call.bodyRead(body, read?.json, read?.model ?? null, request.complete);
    if (closed.signal.aborted) return;
    const stage = { response, socket, call, closed: closed.signal };
    const refusal = read === null ? errorAnswer(404, 'openai') : refusalOf(read, surroundings.requiredKey);
    if (read === null || refusal !== null) return await playAnswer(refusal ?? errorAnswer(404, 'openai'), {}, stage);
    const behaviour = surroundings.scripts.take(call.model, path) ?? {};
    if (behaviour.resetReusedSocket === true && call.requestOnSocket > 0) return resetNow(stage);
    const raw = rawResponseOf(behaviour);
    if (raw !== null) return answerRaw(raw, socket, call);
    await playAnswer(scriptedAnswer(read, behaviour, path, surroundings), behaviour, stage);
    if (behaviour.closeIdleSockets === true) setImmediate(surroundings.closeIdleSockets);
  } catch (error) {
    if (closed.signal.aborted) return;
    // A mistake of the simulator's own must be seen, and must not leave its client waiting.
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
    socket.destroy();
  }
}

function scriptedAnswer(
  read: SimulatorRequest,
  behaviour: Behaviour,
  path: string,
  surroundings: Surroundings,
): Answer {
  const bent = { ...read, json: bendRequest(read.json, behaviour) };
  const tokensPerSecond = behaviour.tokensPerSecond ?? surroundings.tokensPerSecond;
  return shapeAnswer(behaviour, path, () => answerFor(bent, surroundings.files, tokensPerSecond));
}

function answerBeforeBody(request: IncomingMessage, call: RecordedCall, path: string, scripts: ScriptBook): void {
  const behaviour = scripts.take(null, path) ?? {};
  const answer = shapeAnswer(behaviour, path, () => errorAnswer(413, errorStyleOf(path), behaviour.error));
  answerEarly(answer, request, call, behaviour.earlyAnswer === 'linger');
}

/** 1xx answers go out raw too: `ServerResponse` would not end them. */
function rawResponseOf({ rawResponse, status }: Behaviour): Buffer | null {
  if (typeof rawResponse === 'string') return Buffer.from(rawResponse, 'latin1');
  if (rawResponse !== undefined) return bytesOf(rawResponse);
  if (status !== 101) return null;
  return Buffer.from('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
}

function refusalOf({ headers, isAzure, path }: SimulatorRequest, requiredKey: string | null): Answer | null {
  if (requiredKey === null) return null;
  const { authorization } = headers;
  const given = isAzure
    ? [headers['api-key']]
    : [authorization?.replace(/^Bearer /, ''), headers['x-api-key'], headers['api-key']];
  if (given.includes(requiredKey)) return null;
  const message = 'Incorrect API key provided.';
  return errorAnswer(401, errorStyleOf(path), { message });
}
