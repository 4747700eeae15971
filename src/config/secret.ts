import { inspect } from 'node:util';

const MASK = '***';

/**
 * A value that must not be shown: a credential, a key, a signing secret. Printing, logging, JSON and string
 * concatenation all give `***`; only `reveal()` gives the value, so every place that reads it can be found by name.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    Object.freeze(this);
  }

  /** The value itself. Hand it straight to the one who needs it; never to a log, an error or an answer. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
