import Database from 'better-sqlite3';
import { aChatRequest, post } from './clients.js';
import { startGatewayProcess, type GatewayProcess } from './start-gateway-process.js';
import { startSimulator, type Simulator } from './start-simulator.js';

export interface KillReport {
  readonly kills: number;
  /** Answers that clients received to their last byte. */
  readonly receivedWhole: number;
  /** Those of them without a row that says so. */
  readonly receivedWithoutRow: readonly string[];
  /** Calls that reached the upstream. */
  readonly upstreamCalls: number;
  /** Those of them without a row. */
  readonly upstreamWithoutRow: readonly string[];
  readonly rows: number;
  readonly rowsByStatus: Readonly<Record<string, number>>;
  /** Rows that a start did not settle. */
  readonly leftOpen: number;
  /** What SQLite's integrity check said, where it was not "ok". */
  readonly damage: readonly string[];
  readonly costOfRows: number;
  /** The same from the sums that outlive the rows. */
  readonly costOfSums: number;
  readonly requestsOfSums: number;
}

export interface KillOptions {
  readonly rounds: number;
  readonly databasePath: string;
  readonly workers?: number;
  readonly random?: () => number;
}

/**
 * Kills a gateway with SIGKILL again and again while clients call it, each time over the same database, and compares
 * what the clients got and what the upstream saw with what is on record. Needs the built gateway.
 */
export async function killUnderLoad(options: KillOptions): Promise<KillReport> {
  const { rounds, databasePath, workers = 12, random = Math.random } = options;
  const simulator = await startSimulator({ maxCalls: 1_000_000 });
  simulator.script('*', { answer: 'The sea is deep and wide.', headersAfterMs: 2, eventEveryMs: 1, times: Infinity });
  const env = {
    AI_GATEWAY_UPSTREAM: simulator.url,
    AI_GATEWAY_PRICES: '{"gpt-4o":{"input":2.5,"output":10}}',
    DATABASE_PATH: databasePath,
    LOG_LEVEL: 'warn',
  };
  const whole: string[] = [];
  const damage: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const gateway = await startGatewayProcess(env);
    let isKilled = false;
    // By what was answered and not by time, so that a slow machine kills as it should.
    let answersLeft = 1 + Math.floor(random() * 40);
    let kill: () => void = () => undefined;
    const isTime = new Promise<void>((resolve) => (kill = resolve));
    const clients = Array.from({ length: workers }, async (_, worker) => {
      for (let i = 0; !isKilled; i += 1) {
        const id = `kill-${round}-${worker}-${i}`;
        if (!(await isReceivedWhole(gateway, id, (worker + i) % 2 === 0))) continue;
        whole.push(id);
        if (--answersLeft === 0) kill();
      }
    });
    await isTime;
    isKilled = true;
    await gateway.kill('SIGKILL');
    await Promise.all(clients);
    if (round % 10 === 9 || round === rounds - 1) damage.push(...integrityOf(databasePath));
  }
  // One more start settles what the last kill left.
  const last = await startGatewayProcess(env);
  const costs = (await (await fetch(`${last.origin}/api/costs`)).json()) as {
    total: { costUsd: number; requests: number };
  };
  await last.kill('SIGTERM');
  await simulator.close();
  return {
    kills: rounds,
    damage,
    ...compare(databasePath, whole, simulator),
    costOfSums: nano(costs.total.costUsd),
    requestsOfSums: costs.total.requests,
  };
}

/** The id goes along in the question, so that the upstream's calls can be told apart. */
async function isReceivedWhole({ url }: GatewayProcess, id: string, stream: boolean): Promise<boolean> {
  const body = aChatRequest({ stream, messages: [{ role: 'user', content: id }] });
  try {
    const answer = await post(`${url}/chat/completions`, body, { headers: { 'x-request-id': id } });
    return (
      answer.status === 200 &&
      (stream ? answer.events().at(-1) === '[DONE]' : answer.json().object === 'chat.completion')
    );
  } catch {
    // The gateway was killed in the middle of it.
    return false;
  }
}

function compare(
  path: string,
  whole: readonly string[],
  simulator: Simulator,
): Omit<KillReport, 'kills' | 'damage' | 'costOfSums' | 'requestsOfSums'> {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare('SELECT request_id, status, cost_nano_usd FROM requests').all() as {
    request_id: string;
    status: string;
    cost_nano_usd: number | null;
  }[];
  const statuses = new Map(rows.map((row) => [row.request_id, row.status]));
  const rowsByStatus: Record<string, number> = {};
  for (const { status } of rows) rowsByStatus[status] = (rowsByStatus[status] ?? 0) + 1;
  const upstream = simulator.calls().map(({ body }) => /kill-\d+-\d+-\d+/.exec(body.toString())?.[0] ?? 'unreadable');
  const leftOpen = Number(db.prepare('SELECT count(*) FROM opened_requests').pluck().get());
  db.close();
  return {
    receivedWhole: whole.length,
    receivedWithoutRow: whole.filter((id) => statuses.get(id) !== 'ok'),
    upstreamCalls: upstream.length,
    upstreamWithoutRow: upstream.filter((id) => !statuses.has(id)),
    rows: rows.length,
    rowsByStatus,
    leftOpen,
    costOfRows: rows.reduce((sum, { cost_nano_usd: cost }) => sum + (cost ?? 0), 0),
  };
}

function integrityOf(path: string): string[] {
  const db = new Database(path);
  const result = db.pragma('integrity_check', { simple: true });
  db.close();
  return result === 'ok' ? [] : [String(result)];
}

function nano(usd: number): number {
  return Math.round(usd * 1e9);
}
