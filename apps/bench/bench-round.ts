import type { Behaviour } from '../upstream-simulator/behaviour.js';
import { RemoteSimulator } from '../upstream-simulator/remote-simulator.js';
import type { BenchOptions } from './bench-options.js';
import type { Child } from './child.js';
import { callInLoop } from './closed-loop.js';
import {
  measureFirstEvent,
  measureIdleStreams,
  measureLatency,
  measureLiveStreams,
  measureLoad,
} from './measurements.js';
import { BUFFERED_ANSWER, chatEvents } from './payloads.js';
import { type MutableFigures, noFigures, type RoundFigures } from './record.js';
import { PROXIES, type ProxyName, startProxy, SUBJECTS, type SubjectName } from './subjects.js';

const CONCURRENCY = 32;
const WARM_UP_STEP_MS = 500;
const BYTES_A_MB = 1_048_576;

// One after the other, precomputed, and left out of the simulator's ledger.
const BUFFERED: Behaviour = { times: 'forever', bytes: BUFFERED_ANSWER };
const SHORT_STREAM: Behaviour = { times: 'forever', sse: chatEvents(5), eventEveryMs: 1 };
/** 50 events a second for 16 s, longer than any measurement. */
const LIVE_STREAM: Behaviour = { times: 'forever', sse: chatEvents(800), eventEveryMs: 20 };
const IDLE_STREAM: Behaviour = { times: 'forever', sse: chatEvents(20), eventEveryMs: 3_000 };

// Not every variant differs in every measurement.
const STREAM_PROXIES: readonly ProxyName[] = ['bare', 'gateway', 'gateway-on'];
const TIMED: readonly SubjectName[] = ['direct', 'bare', 'gateway', 'gateway-on'];
const IDLE_PROXIES: readonly ProxyName[] = ['bare', 'gateway'];

export interface BenchStage {
  readonly simulator: Child;
  readonly proxies: Readonly<Record<ProxyName, Child>>;
  /** Logs and databases of the run. */
  readonly folder: string;
}

/**
 * Calls every proxy until its code is compiled: before that, compiling is the larger part of its CPU. Counted in calls,
 * since on a busy machine a time says nothing.
 */
export async function warmUp({ simulator, proxies }: BenchStage, options: BenchOptions): Promise<void> {
  await play(new RemoteSimulator(simulator.origin), BUFFERED);
  for (const name of PROXIES) {
    for (let calls = 0; calls < options.warmUpCalls;) {
      calls += (await callInLoop(proxies[name].origin, CONCURRENCY, WARM_UP_STEP_MS)).length;
    }
  }
}

/** Puts every subject to every measurement, in turn. The order differs from round to round. */
export async function runRound(stage: BenchStage, options: BenchOptions, round: number): Promise<RoundFigures> {
  const figures = noFigures();
  const remote = new RemoteSimulator(stage.simulator.origin);
  await play(remote, BUFFERED);
  await measureCalls(stage, options, round, figures);
  await play(remote, SHORT_STREAM);
  for (const name of turned(TIMED, round)) {
    const { p50Ms, p99Ms } = await measureFirstEvent(originOf(stage, name), options.firstEventMs);
    figures.firstEventP50Ms[name] = p50Ms;
    figures.firstEventP99Ms[name] = p99Ms;
  }
  await play(remote, LIVE_STREAM);
  for (const name of turned(STREAM_PROXIES, round)) {
    figures.eventCpuMicros[name] = await measureLiveStreams(stage.proxies[name], options.streams, options.streamsMs);
  }
  await play(remote, IDLE_STREAM);
  for (const name of turned(IDLE_PROXIES, round)) {
    // A process that has carried load has memory to spare, which would hide what the streams need.
    const fresh = await startProxy(name, stage.simulator.origin, stage.folder, `${name}-idle-${round}`);
    try {
      figures.idleStreamsMb[name] = (await measureIdleStreams(fresh, options.idleStreams)) / BYTES_A_MB;
    } finally {
      await fresh.stop();
    }
  }
  return figures;
}

async function measureCalls(
  stage: BenchStage,
  options: BenchOptions,
  round: number,
  figures: MutableFigures,
): Promise<void> {
  for (const name of turned(TIMED, round)) {
    const { p50Ms, p99Ms } = await measureLatency(originOf(stage, name), 1, options.latencyMs);
    figures.latency1P50Ms[name] = p50Ms;
    figures.latency1P99Ms[name] = p99Ms;
  }
  for (const name of turned(SUBJECTS, round)) {
    const process = name === 'direct' ? stage.simulator : stage.proxies[name];
    const { cpuMicros, p50Ms, p99Ms } = await measureLoad(process, CONCURRENCY, options.loadMs);
    figures.callCpuMicros[name] = cpuMicros;
    figures.latency32P50Ms[name] = p50Ms;
    figures.latency32P99Ms[name] = p99Ms;
  }
}

async function play(remote: RemoteSimulator, behaviour: Behaviour): Promise<void> {
  await remote.reset();
  await remote.script('/v1/chat/completions', behaviour);
}

function originOf({ simulator, proxies }: BenchStage, name: SubjectName): string {
  return name === 'direct' ? simulator.origin : proxies[name].origin;
}

/** The list, begun at another place in each round. */
function turned<Item>(items: readonly Item[], round: number): readonly Item[] {
  const start = round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
