/** One thing that is wrong with one variable. */
export interface ConfigProblem {
  readonly variable: string;
  /** What was found: ` is not set`, or `=` and the value as it may be shown, secrets masked. */
  readonly finding: string;
  /** What to write instead. */
  readonly advice: string;
}

/** The gateway cannot start like this. The message lists every problem: variable, value, what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(
      [
        problems.length === 1
          ? 'The configuration has a problem:'
          : `The configuration has ${problems.length} problems:`,
        ...problems.map(({ variable, finding, advice }) => `  ${variable}${finding}: ${advice}`),
      ].join('\n'),
    );
  }
}
