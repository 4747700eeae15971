import { benchTable } from './bench-table.js';
import { noFigures, type RoundFigures } from './record.js';
import { summarize } from './summary.js';

/** A round on a machine that is `factor` times slower than the one that the figures are of. */
function aRound(factor: number, eventCpuMicros = { bare: 30, gateway: 36, 'gateway-on': 37 }): RoundFigures {
  const slower = <Name extends string>(figures: Record<Name, number>) =>
    Object.fromEntries(Object.entries<number>(figures).map(([name, figure]) => [name, figure * factor]));
  return {
    ...noFigures(),
    callCpuMicros: slower({ direct: 40, bare: 50, gateway: 140, 'gateway-off': 120, 'gateway-on': 150 }),
    latency1P99Ms: slower({ direct: 1, bare: 1.5, gateway: 2.5, 'gateway-on': 2.6 }),
    eventCpuMicros: slower(eventCpuMicros),
    idleStreamsMb: { bare: 40, gateway: 60 },
  };
}

describe('summarize', () => {
  it('takes ratios within a round, so that a slow round changes none', () => {
    const { bars } = summarize([aRound(1), aRound(3), aRound(1.5)]);
    const measured = Object.fromEntries(bars.map(({ name, measured: figure }) => [name, figure]));
    expect(measured['CPU of a buffered call, gateway over bare']).toBeCloseTo(2.8);
    expect(measured['CPU of a streamed event, gateway over bare']).toBeCloseTo(1.2);
    expect(measured['CPU of a call, file + log + limit over none']).toBeCloseTo(1.25);
    expect(bars.map(({ isMet }) => isMet)).toEqual([true, true, true, false, true]);
  });

  it('says which promise is missed', () => {
    const { bars } = summarize([aRound(1, { bare: 30, gateway: 60, 'gateway-on': 60 })]);
    expect(bars.filter(({ isMet }) => !isMet).map(({ name }) => name)).toEqual([
      'CPU of a streamed event, gateway over bare',
    ]);
  });

  it('is the median of the rounds for every subject that was measured', () => {
    const { medians } = summarize([aRound(1), aRound(3), aRound(2)]);
    expect(medians.callCpuMicros).toEqual({
      direct: 80,
      bare: 100,
      gateway: 280,
      'gateway-off': 240,
      'gateway-on': 300,
    });
    expect(medians.idleStreamsMb).toEqual({ bare: 40, gateway: 60 });
  });
});

describe('benchTable', () => {
  it('shows times as what a proxy adds, and a dash for what was not measured', () => {
    const rounds = [aRound(1)];
    const table = benchTable(rounds, summarize(rounds)).split('\n');
    const row = (label: string) =>
      table
        .find((line) => line.startsWith(`| ${label}`))
        ?.split('|')
        .map((cell) => cell.trim())
        .slice(2, -1);
    expect(row('added latency p99, 1 caller')).toEqual(['0.50', '1.50', '–', '1.60']);
    expect(row('growth by 1,000 idle streams')).toEqual(['40', '60', '–', '–']);
    expect(table.filter((line) => line.startsWith('met'))).toHaveLength(5);
  });
});
