import { setTimeout as wait } from 'node:timers/promises';
import type { Child } from './child.js';
import { callInLoop } from './closed-loop.js';
import { percentile } from './statistics.js';
import { StreamReader } from './stream-reader.js';

/** Times of calls, in ms. */
export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const SETTLE_MS = 1_000;
/** Streams are opened in groups, or the backlog of the listener would decide. */
const OPEN_AT_ONCE = 50;

export async function measureLatency(origin: string, concurrency: number, durationMs: number): Promise<Latency> {
  return latencyOf(await callInLoop(origin, concurrency, durationMs));
}

/** As many calls as go through, and what each costs the process that answers. */
export async function measureLoad(
  proxy: Child,
  concurrency: number,
  durationMs: number,
): Promise<Latency & { readonly cpuMicros: number }> {
  const before = await proxy.figures();
  const latencies = await callInLoop(proxy.origin, concurrency, durationMs);
  const after = await proxy.figures();
  return { ...latencyOf(latencies), cpuMicros: (after.cpuMicros - before.cpuMicros) / latencies.length };
}

/** Short streams, one after the other. */
export async function measureFirstEvent(origin: string, durationMs: number): Promise<Latency> {
  const reader = new StreamReader(origin, 1);
  const times: number[] = [];
  try {
    for (const start = performance.now(); performance.now() - start < durationMs;) {
      await new Promise<void>((resolve, reject) => {
        reader.open(resolve).then((time) => times.push(time), reject);
      });
    }
    reader.check();
  } finally {
    await reader.close();
  }
  return latencyOf(times);
}

/** What an event costs the proxy when many streams are alive; their opening is not counted. */
export async function measureLiveStreams(proxy: Child, streams: number, durationMs: number): Promise<number> {
  const reader = new StreamReader(proxy.origin, streams);
  try {
    await openStreams(reader, streams);
    await wait(SETTLE_MS);
    const before = await proxy.figures();
    const eventsBefore = reader.events;
    await wait(durationMs);
    const after = await proxy.figures();
    const events = reader.events - eventsBefore;
    reader.check();
    return (after.cpuMicros - before.cpuMicros) / events;
  } finally {
    await reader.close();
    await wait(SETTLE_MS);
  }
}

/** How much a proxy, that has served a few streams, grows while it holds many open ones; bytes of memory in use (RSS). */
export async function measureIdleStreams(proxy: Child, streams: number): Promise<number> {
  const warm = new StreamReader(proxy.origin, 10);
  await openStreams(warm, 10);
  await warm.close();
  await wait(SETTLE_MS);
  const before = await proxy.figures();
  const reader = new StreamReader(proxy.origin, streams);
  try {
    await openStreams(reader, streams);
    await wait(SETTLE_MS);
    const after = await proxy.figures();
    reader.check();
    return after.rssBytes - before.rssBytes;
  } finally {
    await reader.close();
  }
}

async function openStreams(reader: StreamReader, streams: number): Promise<void> {
  const opened: Promise<number>[] = [];
  for (let count = 0; count < streams; count += OPEN_AT_ONCE) {
    const group = Math.min(OPEN_AT_ONCE, streams - count);
    for (let index = 0; index < group; index += 1) {
      const stream = reader.open();
      // Thrown below, where all are awaited; until then it must not count as unhandled.
      stream.catch(() => undefined);
      opened.push(stream);
    }
    await wait(20);
  }
  await Promise.all(opened);
}

function latencyOf(times: readonly number[]): Latency {
  return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}
