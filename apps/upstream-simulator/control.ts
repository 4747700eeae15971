import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRecord, listOf, recordOf, textOf } from '../../libs/demo-model/read-json.js';
import type { Behaviour } from './behaviour.js';
import type { ModelUsage } from './ledger.js';
import type { SimulatorCall } from './simulator-call.js';
import { parseJson } from './simulator-request.js';

export const CONTROL_PATH = '/__control/';

const LARGEST_JSON_SHOWN = 65_536;

/** What can be done to a simulator from outside its process. */
export interface Controlled {
  script(match: string, ...behaviours: readonly Behaviour[]): void;
  calls(): readonly SimulatorCall[];
  usageByModel(): Readonly<Record<string, ModelUsage>>;
  openSockets(): number;
  closeIdleSockets(): void;
  reset(): void;
  readonly totalCalls: number;
}

/** A call as the ledger shows it over HTTP: the body by its hash and length. */
export type CallOverHttp = Omit<SimulatorCall, 'body'> & { readonly bodyLength: number };

export interface LedgerOverHttp {
  readonly calls: readonly CallOverHttp[];
  readonly totalCalls: number;
  readonly usageByModel: Readonly<Record<string, ModelUsage>>;
  readonly openSockets: number;
}

/**
 * `POST /__control/script` `{match, behaviours}` · `DELETE /__control/script` forgets scripts, calls and files ·
 * `GET /__control/ledger?after=<index>` · `POST /__control/close-idle-sockets`
 */
export function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  simulator: Controlled,
  body: Buffer,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://simulator');
  const action = `${request.method} ${pathname.slice(CONTROL_PATH.length)}`;
  switch (action) {
    case 'POST script': {
      const { match, behaviours } = recordOf(parseJson(body));
      // Their author has the type `Behaviour`; a field that is none of its own has no effect.
      simulator.script(
        textOf(match) || '*',
        ...listOf(behaviours).filter((entry): entry is Behaviour => isRecord(entry)),
      );
      return sendJson(response, { ok: true });
    }
    case 'DELETE script':
      simulator.reset();
      return sendJson(response, { ok: true });
    case 'POST close-idle-sockets':
      simulator.closeIdleSockets();
      return sendJson(response, { ok: true });
    case 'GET ledger': {
      const after = Number(searchParams.get('after') ?? -1);
      const calls = simulator.calls().filter(({ index }) => index > after);
      const { totalCalls } = simulator;
      return sendJson(response, {
        calls: calls.map((call) => overHttp(call)),
        totalCalls,
        usageByModel: simulator.usageByModel(),
        openSockets: simulator.openSockets(),
      } satisfies LedgerOverHttp);
    }
    default:
      return sendJson(response, { error: { message: `There is no control "${action}".` } }, 404);
  }
}

function overHttp(call: SimulatorCall): CallOverHttp {
  return {
    index: call.index,
    method: call.method,
    path: call.path,
    headers: call.headers,
    rawHeaders: call.rawHeaders,
    model: call.model,
    isStream: call.isStream,
    bodySha256: call.bodySha256,
    bodyLength: call.body.length,
    json: call.body.length <= LARGEST_JSON_SHOWN ? call.json : undefined,
    socketId: call.socketId,
    requestOnSocket: call.requestOnSocket,
    arrivedAt: call.arrivedAt,
    bodyReadAt: call.bodyReadAt,
    headersSentAt: call.headersSentAt,
    firstEventAt: call.firstEventAt,
    endedAt: call.endedAt,
    abortedAt: call.abortedAt,
    ending: call.ending,
    status: call.status,
    eventsSent: call.eventsSent,
    tokensSent: call.tokensSent,
    bytesSent: call.bytesSent,
    usage: call.usage,
  };
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
