import type { SubjectName } from './subjects.js';

/** Every figure that is taken. Lower is better for all of them. */
export const METRICS = [
  'callCpuMicros',
  'latency1P50Ms',
  'latency1P99Ms',
  'latency32P50Ms',
  'latency32P99Ms',
  'firstEventP50Ms',
  'firstEventP99Ms',
  'eventCpuMicros',
  'idleStreamsMb',
] as const;
export type Metric = (typeof METRICS)[number];

/** What one round has measured; not every subject is put to every measurement. */
export type RoundFigures = Readonly<Record<Metric, Readonly<Partial<Record<SubjectName, number>>>>>;

export type MutableFigures = Record<Metric, Partial<Record<SubjectName, number>>>;

export function noFigures(): MutableFigures {
  return {
    callCpuMicros: {},
    latency1P50Ms: {},
    latency1P99Ms: {},
    latency32P50Ms: {},
    latency32P99Ms: {},
    firstEventP50Ms: {},
    firstEventP99Ms: {},
    eventCpuMicros: {},
    idleStreamsMb: {},
  };
}
