export type InvalidBodyCode = 'invalid_json' | 'invalid_utf8' | 'json_too_deep' | 'duplicate_key' | 'invalid_model';

/** A request body that cannot be taken. The message says what to do and holds nothing of the body but a field name. */
export class InvalidBodyError extends Error {
  readonly status = 400;
  readonly type = 'invalid_request_error';

  constructor(
    readonly code: InvalidBodyCode,
    message: string,
    readonly param: string | null = null,
  ) {
    super(message);
    this.name = 'InvalidBodyError';
  }

  static duplicateKey(field: string): InvalidBodyError {
    return new InvalidBodyError('duplicate_key', `The field '${field}' stands twice in the body. Send it once.`, field);
  }
}
