/** One thing that is wrong with one variable. */
export interface ConfigProblem {
  readonly variable: string;
  /** The bad value as it may be shown, secrets masked; absent when the variable is not set. */
  readonly shownValue?: string;
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
        ...problems.map(asLine),
      ].join('\n'),
    );
  }
}

function asLine({ variable, shownValue, advice }: ConfigProblem): string {
  return `  ${variable}${shownValue === undefined ? ' is not set' : `=${shownValue}`}: ${advice}`;
}
