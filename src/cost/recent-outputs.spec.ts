import { RecentOutputs } from './recent-outputs.js';

describe('RecentOutputs', () => {
  it('says 1,024 before there are answers, then the largest of the last 20 of that key and model', () => {
    const outputs = new RecentOutputs();
    expect(outputs.largestOf('key', 'gpt-4o')).toBe(1_024);
    outputs.note('key', 'gpt-4o', 900);
    for (let i = 1; i < 20; i += 1) outputs.note('key', 'gpt-4o', i);
    expect(outputs.largestOf('key', 'gpt-4o')).toBe(900);
    outputs.note('key', 'gpt-4o', 5);
    expect(outputs.largestOf('key', 'gpt-4o')).toBe(19);
    expect(outputs.largestOf('key', 'o3')).toBe(1_024);
    expect(outputs.largestOf('other', 'gpt-4o')).toBe(1_024);
  });
});
