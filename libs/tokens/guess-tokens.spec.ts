import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { guessTokens } from './guess-tokens.js';

const RECORDS = Array.from({ length: 60 }, (_, at) => ({
  id: at * 7_919,
  name: `user_${at}`,
  scores: [at, at * 3.14],
  isActive: at % 2 === 0,
}));

const SAMPLES: readonly (readonly [name: string, text: string, lowest: number, highest: number])[] = [
  [
    'English',
    'The gateway exists so that a company knows who spent what on which model, and can stop it. Every call is ' +
      'counted, priced, limited and can be looked up later; streamed cost equals buffered cost to the last digit.',
    0.85,
    1.2,
  ],
  [
    'Chinese',
    '人工智能网关是企业内部所有应用程序和个人访问大型语言模型的统一入口。它负责路由、限流、重试、成本核算以及日志记录。',
    0.9,
    1.35,
  ],
  ['Japanese', 'このゲートウェイは、社内のすべてのアプリケーションが言語モデルにアクセスする入り口です。', 0.9, 1.35],
  ['Korean', '이 게이트웨이는 회사 내 모든 애플리케이션이 언어 모델에 접근하는 통합 창구입니다.', 0.9, 1.35],
  ['Russian', 'Этот шлюз является единой точкой входа для всех приложений и сотрудников компании.', 0.9, 1.35],
  ['German', 'Die Schnittstelle verwaltet sämtliche Anfragen der Anwendungen und Mitarbeiter.', 0.9, 1.4],
  ['dense JSON', JSON.stringify(RECORDS), 0.85, 1.2],
  ['pretty JSON', JSON.stringify(RECORDS, null, 2), 0.75, 1.2],
  ['hex', 'a3f1c9d2e8b74f60'.repeat(50), 0.8, 1.2],
  [
    'code',
    `export function nanoUsdToDecimal(nanoUsd: number | bigint): string {
  const nano = BigInt(nanoUsd);
  const fraction = (absolute % NANO_PER_USD).toString().padStart(NANO_DIGITS, '0').replace(/0+$/, '');
  return (nano < 0n ? '-' : '') + whole + (fraction === '' ? '' : \`.\${fraction}\`);
}`,
    0.8,
    1.3,
  ],
];

describe('guessTokens', () => {
  it.each(SAMPLES)('comes near the count of %s', (_, text, lowest, highest) => {
    const ratio = guessTokens(text) / countTokens(text);
    expect(ratio).toBeGreaterThanOrEqual(lowest);
    expect(ratio).toBeLessThanOrEqual(highest);
  });

  it('guesses nothing for no text', () => {
    expect(guessTokens('')).toBe(0);
  });

  it('guesses at least a token for any visible text, and never more than one for each code unit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const tokens = guessTokens(text);
        expect(Number.isInteger(tokens)).toBe(true);
        if (text.trim() !== '') expect(tokens).toBeGreaterThanOrEqual(1);
        expect(tokens).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});
