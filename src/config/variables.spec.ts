import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES, type Variable } from './variables.js';

const DOCUMENT = readFileSync(join(process.cwd(), 'docs/configuration.md'), 'utf8');

/** The row of docs/configuration.md that a variable must have. */
function asRow({ name, meaning, default: value, whenUnset }: Variable): string {
  return `| \`${name}\` | ${meaning} | ${value === undefined ? (whenUnset ?? '–') : `\`${value}\``} |`;
}

describe('VARIABLES', () => {
  it('is the tables of docs/configuration.md, row by row', () => {
    const rows = DOCUMENT.split('\n').filter((line) => /^\| `[A-Z]/.test(line));
    expect(rows).toEqual(VARIABLES.map(asRow));
  });

  it('names no variable twice', () => {
    expect(new Set(VARIABLES.map(({ name }) => name)).size).toBe(VARIABLES.length);
  });

  it('knows every variable that the document mentions', () => {
    const mentioned = DOCUMENT.match(/\b(AI_GATEWAY|GOOGLE|DATABASE)_[A-Z_]+[A-Z]\b/g) ?? [];
    const names: readonly string[] = VARIABLES.map(({ name }) => name);
    const isExample = (name: string) => /^AI_GATEWAY_UPSTREAM_[A-Z_]+_KEY$/.test(name);
    expect(mentioned.filter((name) => !names.includes(name) && !isExample(name))).toEqual([]);
  });

  it('gives no secret a default', () => {
    const secrets: readonly Variable[] = VARIABLES.filter((variable: Variable) => variable.isSecret);
    expect(secrets.map((variable) => variable.default)).toEqual(secrets.map(() => undefined));
  });
});
