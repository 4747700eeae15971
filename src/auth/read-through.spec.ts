import { ReadThrough } from './read-through.js';

describe('ReadThrough', () => {
  it('asks the store once for what it holds', async () => {
    let asked = 0;
    const cache = new ReadThrough(async (key) => ({ key, asked: (asked += 1) }), 10);
    expect(await cache.get('a')).toEqual({ key: 'a', asked: 1 });
    expect(cache.cached('a')).toEqual({ key: 'a', asked: 1 });
    expect(await cache.get('a')).toEqual({ key: 'a', asked: 1 });
  });

  it('does not keep what is not there', async () => {
    let value: object | undefined;
    const cache = new ReadThrough(async () => value, 10);
    expect(await cache.get('a')).toBeUndefined();
    value = { is: 'there' };
    expect(await cache.get('a')).toBe(value);
  });

  it('reads again what was changed while it was being read', async () => {
    const answers: ((value: object) => void)[] = [];
    const cache = new ReadThrough(() => new Promise<object>((resolve) => answers.push(resolve)), 10);
    const reading = cache.get('a');
    cache.forget('a');
    answers[0]?.({ version: 'before' });
    await new Promise(setImmediate);
    answers[1]?.({ version: 'after' });
    expect(await reading).toEqual({ version: 'after' });
    expect(cache.cached('a')).toEqual({ version: 'after' });
  });
});
