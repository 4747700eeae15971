import { ConfigError, type ConfigProblem } from './config-error.js';
import { headerSafeSecret, partsOf, type FieldSchema } from './field-schemas.js';
import { shownSecret, shownText, withoutSecrets } from './masking.js';
import { Secret } from './secret.js';
import { VARIABLES, type Variable, type VariableName } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

type NameWithDefault = Extract<(typeof VARIABLES)[number], { readonly default: string }>['name'];
type UpstreamKeyName = `AI_GATEWAY_UPSTREAM_${string}_KEY`;

/** Names of variables that hold a secret, the keys of upstreams included. */
function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name) || /^AI_GATEWAY_UPSTREAM_.+_KEY$/.test(name);
}

const DECLARED: ReadonlyMap<string, Variable> = new Map(VARIABLES.map((variable) => [variable.name, variable]));
const SECRET_NAMES = new Set([...DECLARED.values()].filter(({ isSecret }) => isSecret).map(({ name }) => name));

/**
 * Reads variables one by one and collects what is wrong, so that a start fails once with everything and not once per
 * mistake. A bad variable reads as if it were not set. Empty means unset; white space around a value does not count.
 */
export class EnvironmentReader {
  readonly #env: Environment;
  readonly #problems: ConfigProblem[] = [];
  readonly #warnings: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  /** Names of all variables that are set, also those of others. */
  get names(): readonly string[] {
    return Object.keys(this.#env).filter((name) => this.#valueOf(name) !== undefined);
  }

  get warnings(): readonly string[] {
    return this.#warnings.map((text) => withoutSecrets(text, this.#secrets()));
  }

  isSet(name: VariableName): boolean {
    return this.#valueOf(name) !== undefined;
  }

  /** True when something about the variable was rejected. */
  isBad(name: VariableName): boolean {
    return this.#problems.some(({ variable }) => variable === name);
  }

  /** Reads a variable; one that is not set, or is bad, gives its default if it has one. */
  read<T>(name: NameWithDefault, schema: FieldSchema<T>): T;
  read<T>(name: VariableName, schema: FieldSchema<T>): T | undefined;
  read<T>(name: VariableName, schema: FieldSchema<T>): T | undefined {
    const value = this.#valueOf(name);
    if (value !== undefined) {
      const result = schema.safeParse(value);
      if (result.success) return result.data;
      for (const { path, message } of result.error.issues) {
        const [index] = path;
        this.reject(name, message, typeof index === 'number' ? partsOf(value)[index] : value);
      }
    }
    const fallback = DECLARED.get(name)?.default;
    return fallback === undefined ? undefined : schema.parse(fallback);
  }

  /** Reads a secret. Without a schema it must be fit for a header, as keys are. */
  secret(name: VariableName | UpstreamKeyName, schema: FieldSchema<string> = headerSafeSecret): Secret | undefined {
    const value = this.#valueOf(name);
    if (value === undefined) return undefined;
    const result = schema.safeParse(value);
    for (const { message } of result.error?.issues ?? []) this.reject(name, message);
    return result.success ? new Secret(result.data) : undefined;
  }

  /** The parts of a comma-separated variable, for readers that check each by themselves. */
  parts(name: VariableName): readonly string[] {
    return partsOf(this.#valueOf(name) ?? '');
  }

  /** Notes a problem. `part` is the piece of the value that is wrong; without it the whole value is shown. */
  reject(variable: VariableName | UpstreamKeyName, advice: string, part?: string): void {
    const value = this.#valueOf(variable);
    const secrets = this.#secrets();
    this.#problems.push({
      variable,
      finding: value === undefined ? ' is not set' : `=${this.#shown(variable, value, part, secrets)}`,
      advice: withoutSecrets(advice, secrets),
    });
  }

  warn(text: string): void {
    this.#warnings.push(text);
  }

  /** @throws {ConfigError} when anything was rejected */
  assertValid(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }

  #shown(variable: string, value: string, part: string | undefined, secrets: readonly string[]): string {
    if (isSecretName(variable)) return shownSecret(value);
    // A password with a comma would be split, and its parts could not be told from other text any more.
    const hasUserInfo = /\/\/.*@/s.test(value);
    return shownText(withoutSecrets(hasUserInfo ? value : (part ?? value), secrets));
  }

  #valueOf(name: string): string | undefined {
    const value = this.#env[name]?.trim();
    return value === '' ? undefined : value;
  }

  #secrets(): readonly string[] {
    return this.names.filter(isSecretName).flatMap((name) => {
      const value = this.#valueOf(name) ?? '';
      return [value, ...partsOf(value)];
    });
  }
}
