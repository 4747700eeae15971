const TOKEN = /\s*(\d+(?:\.\d+)?|\*\*|[-+*/%^()])/y;
const MAX_TOKENS = 64;
// The search goes back over its steps; a short text keeps that cheap.
const MAX_SEARCHED_CHARACTERS = 500;

const EXPRESSION = /[-+(]*\s*\d[\d\s.()]*(?:\s*(?:\*\*|[-+*/%^×÷x])\s*[-+(]*\s*\d[\d\s.()]*)+/i;

export interface Calculation {
  readonly expression: string;
  readonly value: number;
}

/** Finds the first arithmetic expression of a text (`what is (3 + 4) * 2?`) and works it out; null where there is none. */
export function findCalculation(text: string): Calculation | null {
  const found = EXPRESSION.exec(text.slice(0, MAX_SEARCHED_CHARACTERS))?.[0].trim();
  if (found === undefined) return null;
  const expression = found.replaceAll('×', '*').replaceAll('÷', '/').replaceAll(/x/gi, '*');
  const value = calculate(expression);
  return value === null ? null : { expression, value };
}

/** The value of an expression of numbers, `+ - * / % ^ **` and brackets; null when it is not one or not finite. */
export function calculate(expression: string): number | null {
  const tokens = tokensOf(expression);
  if (tokens === null) return null;
  const reader = new ExpressionReader(tokens);
  const value = reader.sum();
  return reader.isAtEnd && Number.isFinite(value) ? value : null;
}

function tokensOf(expression: string): string[] | null {
  const text = expression.trim();
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined || tokens.length === MAX_TOKENS) return null;
    tokens.push(token);
  }
  return tokens.length > 0 ? tokens : null;
}

/** Recursive descent; what cannot be read becomes NaN, which the caller refuses. The token limit bounds the depth. */
class ExpressionReader {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.position === this.tokens.length;
  }

  sum(): number {
    let value = this.product();
    for (let sign = this.take('+', '-'); sign !== null; sign = this.take('+', '-')) {
      value = sign === '+' ? value + this.product() : value - this.product();
    }
    return value;
  }

  private product(): number {
    let value = this.signed();
    for (let sign = this.take('*', '/', '%'); sign !== null; sign = this.take('*', '/', '%')) {
      const right = this.signed();
      value = sign === '*' ? value * right : sign === '/' ? value / right : value % right;
    }
    return value;
  }

  private signed(): number {
    const sign = this.take('+', '-');
    if (sign !== null) return sign === '-' ? -this.signed() : this.signed();
    return this.power();
  }

  private power(): number {
    const base = this.atom();
    return this.take('^', '**') === null ? base : base ** this.signed();
  }

  private atom(): number {
    if (this.take('(') !== null) {
      const value = this.sum();
      return this.take(')') === null ? Number.NaN : value;
    }
    const token = this.tokens[this.position];
    this.position += 1;
    return token === undefined || !/^\d/.test(token) ? Number.NaN : Number(token);
  }

  private take(...wanted: readonly string[]): string | null {
    const token = this.tokens[this.position];
    if (token === undefined || !wanted.includes(token)) return null;
    this.position += 1;
    return token;
  }
}
