import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './load-config.js';
import { aLoad } from './spec-support.js';

const PRICES = { 'gpt-6*': { input: 2.5, cachedInput: 1.25, cacheWrite: 2.5, output: 10 } };

describe('AI_GATEWAY_PRICES', () => {
  it('is JSON', () => {
    expect(aLoad({ AI_GATEWAY_PRICES: JSON.stringify(PRICES) }).config.prices.overrides).toEqual(PRICES);
  });

  it('is the path of a JSON file, with or without byte order mark', () => {
    const files = { './prices.json': `\uFEFF${JSON.stringify(PRICES)}` };
    expect(aLoad({ AI_GATEWAY_PRICES: './prices.json' }, files).config.prices.overrides).toEqual(PRICES);
  });

  it('is read from the disk', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prices-'));
    try {
      const path = join(folder, 'prices.json');
      writeFileSync(path, JSON.stringify(PRICES));
      expect(loadConfig({ AI_GATEWAY_PRICES: path }).config.prices.overrides).toEqual(PRICES);
      expect(() => loadConfig({ AI_GATEWAY_PRICES: folder })).toThrow('cannot be read (EISDIR)');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['./missing.json', /cannot be read \(ENOENT\)/],
    ['./secret.txt', /write valid JSON, the file is not/],
    ['./list.json', /write an object of models/],
    ['{"m": {"input": 1,}}', /write valid JSON, it is not/],
    ['{"m": 1}', /"m": write an object of rates/],
    ['{"m": {"input": -1, "output": 1}}', /"m": input must be a number of USD per million tokens/],
    ['{"m": {"input": 1e999, "output": 1}}', /"m": input must be a number/],
    ['{"m": {"input": "1", "output": 1}}', /"m": input must be a number/],
  ])('%p is refused', (value, advice) => {
    const files = { './secret.txt': 'topsecret', './list.json': '[1]' };
    const load = () => aLoad({ AI_GATEWAY_PRICES: value }, files);
    expect(load).toThrow(advice);
    expect(load).not.toThrow('topsecret');
  });

  it('reports every bad entry', () => {
    expect(() => aLoad({ AI_GATEWAY_PRICES: '{"a": {"input": 1}, "b": {"output": 1}}' })).toThrow('has 2 problems');
  });
});
