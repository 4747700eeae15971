import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Behaviour, ScriptBytes } from './behaviour.js';
import type { CallOverHttp, LedgerOverHttp } from './control.js';
import type { ModelUsage } from './ledger.js';

const POLL_MS = 10;

/** Steers a simulator that runs in a process of its own, with the methods that the one in this process has. */
export class RemoteSimulator {
  /** @param origin `http://127.0.0.1:54321` */
  constructor(readonly origin: string) {}

  /** The base URL of the API. */
  get url(): string {
    return `${this.origin}/v1`;
  }

  async script(match: string, ...behaviours: readonly Behaviour[]): Promise<void> {
    await this.control('POST', 'script', { match, behaviours: behaviours.map((behaviour) => toWire(behaviour)) });
  }

  async calls(filter: (call: CallOverHttp) => boolean = () => true): Promise<CallOverHttp[]> {
    return (await this.ledger()).calls.filter(filter);
  }

  async usageByModel(): Promise<Readonly<Record<string, ModelUsage>>> {
    return (await this.ledger()).usageByModel;
  }

  async openSockets(): Promise<number> {
    return (await this.ledger()).openSockets;
  }

  async closeIdleSockets(): Promise<void> {
    await this.control('POST', 'close-idle-sockets');
  }

  /** Forgets scripts, calls and files; connections stay. */
  async reset(): Promise<void> {
    await this.control('DELETE', 'script');
  }

  async waitFor(predicate: (call: CallOverHttp) => boolean, timeoutMs = 5_000): Promise<CallOverHttp> {
    for (const start = performance.now(); performance.now() - start < timeoutMs; await wait(POLL_MS)) {
      const found = (await this.calls()).find(predicate);
      if (found !== undefined) return found;
    }
    throw new Error(`No call met the condition within ${timeoutMs} ms.`);
  }

  /** The whole ledger, or the calls after an index. */
  async ledger(after = -1): Promise<LedgerOverHttp> {
    // Both ends are this repository's own and agree on the type.
    return (await this.control('GET', `ledger?after=${after}`)) as LedgerOverHttp;
  }

  private async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      // Without an agent the connection is closed after the answer and keeps no process alive.
      const call = request(`${this.origin}/__control/${path}`, { method, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(JSON.parse(answer));
          else reject(new Error(`The simulator refused ${method} ${path}: ${answer}`));
        });
      });
      call.once('error', reject);
      call.end(text);
    });
  }
}

/** A behaviour as JSON can carry it: bytes in base64, and no `Infinity`. */
export function toWire(behaviour: Behaviour): Behaviour {
  const { times, bytes, rawResponse, ...rest } = behaviour;
  return {
    ...rest,
    ...(times === undefined ? {} : { times: times === Infinity ? 'forever' : times }),
    ...(bytes === undefined ? {} : { bytes: inBase64(bytes) }),
    ...(rawResponse === undefined
      ? {}
      : { rawResponse: typeof rawResponse === 'string' ? rawResponse : inBase64(rawResponse) }),
  };
}

function inBase64(bytes: ScriptBytes): ScriptBytes {
  return 'base64' in bytes ? bytes : { base64: Buffer.from(bytes).toString('base64') };
}
