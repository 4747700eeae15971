import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../../../http/answer-event.js';
import { answerOver } from '../answer-over.js';
import { outgoingBody } from '../outgoing-body.js';
import { UpstreamProvider, type ProviderCall, type UpstreamProviderContract } from '../upstream-provider.js';
import { DemoTransport } from './demo-transport.js';

/** The embedded `demo` model: an answer without any key, by the road that every other answer takes. */
@Injectable()
@UpstreamProvider({ name: 'demo' })
export class DemoProvider implements UpstreamProviderContract {
  private readonly transport = new DemoTransport();

  answer(call: ProviderCall): Observable<AnswerEvent> {
    const request = {
      upstream: call.target.upstream.name,
      method: 'POST',
      url: call.call.path,
      headers: {},
      body: outgoingBody(call.call, call.target),
    };
    return answerOver(this.transport, request, call);
  }
}
