import { METRICS, type Metric, type RoundFigures } from './record.js';
import { median } from './statistics.js';
import { SUBJECTS, type SubjectName } from './subjects.js';

/** A promise that the gateway is held to. */
export interface Bar {
  readonly name: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: '×' | 'ms' | 'MB';
  readonly isMet: boolean;
}

export interface Summary {
  /** Median of the rounds. */
  readonly medians: Readonly<Record<Metric, Readonly<Partial<Record<SubjectName, number>>>>>;
  readonly bars: readonly Bar[];
}

/** Medians of all figures. Ratios and differences are taken within a round, where the machine was the same, then their median. */
export function summarize(rounds: readonly RoundFigures[]): Summary {
  const medians = Object.fromEntries(
    METRICS.map((metric) => [metric, mediansOf(rounds.map((round) => round[metric]))]),
  ) as Summary['medians'];
  const bars: readonly Bar[] = [
    ratioBar('CPU of a buffered call, gateway over bare', rounds, 'callCpuMicros', 'gateway', 'bare', 3),
    ratioBar('CPU of a streamed event, gateway over bare', rounds, 'eventCpuMicros', 'gateway', 'bare', 1.5),
    ratioBar('CPU of a call, file + log + limit over none', rounds, 'callCpuMicros', 'gateway-on', 'gateway-off', 1.25),
    bar('added p99 at concurrency 1', median(addedBy('gateway', 'latency1P99Ms', rounds)), 2, 'ms'),
    bar('growth by 1,000 idle streams', medians.idleStreamsMb.gateway ?? Number.NaN, 70, 'MB'),
  ];
  return { medians, bars };
}

/** What a subject takes longer than no proxy, round by round. */
export function addedBy(name: SubjectName, metric: Metric, rounds: readonly RoundFigures[]): number[] {
  return rounds.map((round) => (round[metric][name] ?? Number.NaN) - (round[metric].direct ?? Number.NaN));
}

function ratioBar(
  name: string,
  rounds: readonly RoundFigures[],
  metric: Metric,
  of: SubjectName,
  over: SubjectName,
  limit: number,
): Bar {
  const ratios = rounds.map((round) => (round[metric][of] ?? Number.NaN) / (round[metric][over] ?? Number.NaN));
  return bar(name, median(ratios), limit, '×');
}

function bar(name: string, measured: number, limit: number, unit: Bar['unit']): Bar {
  return { name, measured, limit, unit, isMet: measured <= limit };
}

function mediansOf(
  figures: readonly Readonly<Partial<Record<SubjectName, number>>>[],
): Partial<Record<SubjectName, number>> {
  const result: Partial<Record<SubjectName, number>> = {};
  for (const name of SUBJECTS) {
    const values = figures.map((round) => round[name]).filter((value) => value !== undefined);
    if (values.length > 0) result[name] = median(values);
  }
  return result;
}
