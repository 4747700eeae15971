import { BenchOptionsError, readBenchOptions } from './bench-options.js';

describe('readBenchOptions', () => {
  it('measures five rounds when nothing is said', () => {
    expect(readBenchOptions([])).toMatchObject({ rounds: 5, jsonFile: undefined, streams: 150, idleStreams: 1_000 });
  });

  it('is shorter when it shall be quick, and keeps what is said', () => {
    const quick = readBenchOptions(['--quick']);
    expect(quick.rounds).toBe(2);
    expect(quick.loadMs).toBeLessThan(readBenchOptions([]).loadMs);
    expect(readBenchOptions(['--quick', '--rounds', '7', '--json', 'out.json'])).toMatchObject({
      rounds: 7,
      jsonFile: 'out.json',
    });
  });

  it.each([['--rounds', '0'], ['--rounds', 'many'], ['--rounds', '2.5'], ['--fast'], ['file.json']])(
    'refuses %j %j',
    (...args) => {
      expect(() => readBenchOptions(args)).toThrow(BenchOptionsError);
    },
  );
});
