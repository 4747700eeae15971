import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidRequestError } from './request-errors.js';

/** Checks queries and bodies of the management API: an unknown field is as wrong as one out of range. */
export class ApiValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      exceptionFactory: toInvalidParameter,
    });
  }
}

/** Names the first field at fault; nested ones by their path. */
function toInvalidParameter(errors: readonly ValidationError[]): InvalidRequestError {
  let [error] = errors;
  const path: string[] = [];
  while (error) {
    path.push(error.property);
    const [child] = error.children ?? [];
    if (!child) break;
    error = child;
  }
  const param = path.join('.');
  const isUnknown = error?.constraints !== undefined && 'whitelistValidation' in error.constraints;
  const reason = Object.values(error?.constraints ?? {})[0] ?? `${param} is not valid`;
  const message = isUnknown
    ? `There is no parameter '${param.slice(0, 64)}' here. GET /docs lists those there are.`
    : `${capital(reason)}.`;
  return new InvalidRequestError('invalid_parameter', message, param);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
