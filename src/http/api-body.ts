import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { parseJsonBody } from '../../libs/openai/json-body.js';
import { readBody } from './raw-body.js';
import { UnsupportedMediaTypeError } from './request-errors.js';
import { hasBody } from './has-body.js';

const MAX_API_BODY_BYTES = 1_048_576;

/** Reads JSON bodies of the management API by the same strict reader as those of calls. */
export function apiBody(): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (!hasBody(request)) return next();
    const type = String(request.headers['content-type'] ?? '');
    if (!/^application\/json\s*(;\s*charset=utf-?8\s*)?$/i.test(type)) {
      return next(new UnsupportedMediaTypeError('Send the body with content-type: application/json.'));
    }
    readBody(request, MAX_API_BODY_BYTES).then(
      (bytes) => {
        try {
          // A plain object: class-transformer asks objects for their constructor.
          request.body = { ...parseJsonBody(bytes, []).fields };
          next();
        } catch (error) {
          next(error);
        }
      },
      (error: unknown) => next(error),
    );
  };
}
