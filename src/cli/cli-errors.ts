/** The command line is at fault: one sentence, exit code 2. */
export class WrongInputError extends Error {
  override readonly name = 'WrongInputError';
}

/** The command could not be carried out: one or two sentences that say what to do, exit code 1. */
export class CommandFailedError extends Error {
  override readonly name = 'CommandFailedError';
}
