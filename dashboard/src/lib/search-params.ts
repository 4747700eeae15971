/** What a route reads from its URL: a name given twice is a list. */
export type RawSearch = Readonly<Record<string, string | readonly string[]>>;

/** Reads `?a=1&m=x&m=y`. Values stay text: each route says what they mean. */
export function parseSearch(search: string): RawSearch {
  const raw: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = raw[name];
    raw[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return raw;
}

/** Writes what `parseSearch` reads; absent and empty values are left out, as defaults are. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const part of Array.isArray(value) ? value : [value]) {
      if (typeof part === 'string' && part !== '') params.append(name, part);
      else if (typeof part === 'number' || part === true) params.append(name, String(part));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** The first value of a name, or `undefined`. */
export function one(raw: unknown): string | undefined {
  const value: unknown = Array.isArray(raw) ? raw[0] : raw;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The values of a name, without empty and repeated ones. */
export function many(raw: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return [...new Set(values.filter((value) => typeof value === 'string' && value !== ''))] as string[];
}

/** The value when it is one of those allowed. */
export function oneOf<Value extends string>(raw: unknown, allowed: readonly Value[]): Value | undefined {
  return allowed.find((value) => value === one(raw));
}
