import { usageCsv } from './usage-csv.js';

const sums = {
  requests: 2,
  errors: 0,
  aborted: 0,
  inputTokens: 12_000,
  cachedInputTokens: 0,
  outputTokens: 5,
  reasoningTokens: 0,
  costUsd: 0.000000015,
  unpricedRequests: 0,
  firstUsedAt: null,
  lastUsedAt: null,
  ttftP50Ms: null,
  ttftP95Ms: 412,
};

describe('usageCsv', () => {
  it('writes plain figures, and nothing where nothing is known', () => {
    const rows = [
      { ...sums, day: '2026-11-24', model: 'gpt-4o' },
      { ...sums, day: '2026-11-24', model: '=cmd()', costUsd: 0, unpricedRequests: 2 },
    ];
    const [head, ...lines] = usageCsv(rows, 'day', 'model', new Map()).trimEnd().split('\r\n');
    expect(head).toMatch(/^day_utc,model,name,requests,.*,cost_usd,unpriced_requests,/);
    expect(lines).toEqual([
      '2026-11-24,gpt-4o,gpt-4o,2,0,0,12000,0,5,0,0.000000015,0,,412',
      "2026-11-24,'=cmd(),'=cmd(),2,0,0,12000,0,5,0,,2,,412",
    ]);
  });
});
