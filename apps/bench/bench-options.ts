import { parseArgs } from 'node:util';

/** How long everything takes. */
export interface BenchOptions {
  readonly rounds: number;
  /** Where the figures are written as JSON. */
  readonly jsonFile: string | undefined;
  readonly latencyMs: number;
  readonly loadMs: number;
  readonly firstEventMs: number;
  readonly streamsMs: number;
  /** Calls that every proxy takes before anything is measured: V8 goes on compiling for about so long. */
  readonly warmUpCalls: number;
  readonly streams: number;
  readonly idleStreams: number;
}

const FULL = { latencyMs: 3_000, loadMs: 4_000, firstEventMs: 2_000, streamsMs: 5_000, warmUpCalls: 25_000 };
const QUICK = { latencyMs: 800, loadMs: 1_000, firstEventMs: 600, streamsMs: 1_500, warmUpCalls: 3_000 };

export const USAGE = `npm run bench -- [--quick] [--rounds N] [--json FILE]
  --quick      short measurements, 2 rounds: to see that it works, not to quote
  --rounds N   rounds over all measurements, 5 when not given; medians are shown
  --json FILE  writes every figure of every round
`;

export class BenchOptionsError extends Error {
  override readonly name = 'BenchOptionsError';
}

/** @throws {BenchOptionsError} for what is no option of the bench */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const values = parse(args);
  const isQuick = values.quick === true;
  const rounds = values.rounds === undefined ? (isQuick ? 2 : 5) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) {
    throw new BenchOptionsError('--rounds must be a whole number from 1 to 100');
  }
  return { ...(isQuick ? QUICK : FULL), rounds, jsonFile: values.json, streams: 150, idleStreams: 1_000 };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean' }, rounds: { type: 'string' }, json: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new BenchOptionsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
