import { parsePriceOverrides, PriceOverridesError } from '../../libs/pricing/price-overrides.js';
import type { EnvironmentReader } from './environment-reader.js';
import { errorCodeOf } from './error-code.js';
import { anyText } from './field-schemas.js';

/** Gives the text of a file, or throws as `readFileSync` does. */
export type ReadFile = (path: string) => string;

const EXAMPLE = '{"my-model": {"input": 2.5, "output": 10}}, USD per million tokens';

/** Parses `AI_GATEWAY_PRICES`, which is JSON when it begins with a brace, else the path of a JSON file. */
export function readPriceOverrides(reader: EnvironmentReader, readFile: ReadFile): unknown {
  const value = reader.read('AI_GATEWAY_PRICES', anyText);
  if (value === undefined) return undefined;
  const reject = (advice: string): void => reader.reject('AI_GATEWAY_PRICES', advice);
  const isInline = value.startsWith('{');
  const subject = isInline ? 'it' : 'the file';

  let text = value;
  try {
    if (!isInline) text = readFile(value);
  } catch (error) {
    return reject(
      `write JSON or the path of a readable file; this one cannot be read (${errorCodeOf(error) ?? 'unknown reason'})`,
    );
  }

  let prices: unknown;
  try {
    prices = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's message would quote the file, whatever file that is.
    return reject(`write valid JSON, ${subject} is not: ${EXAMPLE}`);
  }
  try {
    parsePriceOverrides(prices);
  } catch (error) {
    if (!(error instanceof PriceOverridesError)) throw error;
    error.problems.forEach(reject);
    return undefined;
  }
  return prices;
}
