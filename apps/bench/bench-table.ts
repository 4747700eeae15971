import type { Metric, RoundFigures } from './record.js';
import { DESCRIPTIONS, SUBJECTS, type SubjectName } from './subjects.js';
import { addedBy, type Summary } from './summary.js';
import { median } from './statistics.js';

/** Times that mean something only beside those without a proxy. */
const ADDED: ReadonlySet<Metric> = new Set([
  'latency1P50Ms',
  'latency1P99Ms',
  'latency32P50Ms',
  'latency32P99Ms',
  'firstEventP50Ms',
  'firstEventP99Ms',
]);

const LABELS: Readonly<Record<Metric, string>> = {
  callCpuMicros: 'CPU of a buffered call, µs',
  latency1P50Ms: 'added latency p50, 1 caller, ms',
  latency1P99Ms: 'added latency p99, 1 caller, ms',
  latency32P50Ms: 'added latency p50, 32 callers, ms',
  latency32P99Ms: 'added latency p99, 32 callers, ms',
  firstEventP50Ms: 'added time to first event p50, ms',
  firstEventP99Ms: 'added time to first event p99, ms',
  eventCpuMicros: 'CPU of a streamed event, µs',
  idleStreamsMb: 'growth by 1,000 idle streams, MB',
};

const SHOWN = SUBJECTS.filter((name) => name !== 'direct');

/** The figures for a reader, as a Markdown table and a list of what is promised. */
export function benchTable(rounds: readonly RoundFigures[], summary: Summary): string {
  const rows = (Object.keys(LABELS) as Metric[]).map((metric) => [
    LABELS[metric],
    ...SHOWN.map((name) => shown(figureOf(name, metric, rounds, summary))),
  ]);
  const table = [['', ...SHOWN], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map(
    (row) => `| ${row.map((cell, column) => padded(cell, widths[column] ?? 0, column)).join(' | ')} |`,
  );
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const bars = summary.bars.map(
    ({ name, measured, limit, unit, isMet }) =>
      `${isMet ? 'met   ' : 'MISSED'} ${name}: ${measured.toFixed(2)} ${unit} (at most ${limit} ${unit})`,
  );
  const legend = SUBJECTS.map((name) => `${name}: ${DESCRIPTIONS[name]}`);
  return [...legend, '', lines[0], rule, ...lines.slice(1), '', ...bars, ''].join('\n');
}

function figureOf(
  name: SubjectName,
  metric: Metric,
  rounds: readonly RoundFigures[],
  { medians }: Summary,
): number | undefined {
  const own = medians[metric][name];
  return own !== undefined && ADDED.has(metric) ? median(addedBy(name, metric, rounds)) : own;
}

function shown(figure: number | undefined): string {
  if (figure === undefined) return '–';
  return Math.abs(figure) >= 20 ? figure.toFixed(0) : figure.toFixed(2);
}

function padded(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
