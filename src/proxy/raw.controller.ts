import { Controller, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../http/answer-event.js';
import type { RequestContext } from '../http/request-context.js';
import { Context, RawEndpoint } from './gateway-endpoint.decorator.js';
import { RawService } from './raw.service.js';

/** Everything else under `/v1/`: files, batches, vector stores, whatever OpenAI adds next. Registered last. */
@ApiExcludeController()
@Controller()
export class RawController {
  constructor(private readonly raw: RawService) {}

  @RawEndpoint('/v1/*path')
  answer(@Context() context: RequestContext, @Req() request: Request): Observable<AnswerEvent> {
    return this.raw.answer(context, request.originalUrl);
  }
}
