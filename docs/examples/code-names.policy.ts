import { Injectable, Module } from '@nestjs/common';
import { GatewayError } from '../../src/http/gateway-error.js';
import type { RequestContext } from '../../src/http/request-context.js';
import { PipelinePolicy, type CallPolicy } from '../../src/proxy/policies/pipeline-policy.js';

const CODE_NAMES = /\bproject[ -]?(falcon|heron)\b/i;

/** Keeps the names of unannounced projects from leaving the company; models of our own may know them. */
@Injectable()
@PipelinePolicy({ stage: 'routed' })
export class CodeNamesPolicy implements CallPolicy {
  check({ call, target }: RequestContext): void {
    const isOurs = target?.upstream.name === 'house';
    if (isOurs || !call || !CODE_NAMES.test(JSON.stringify(call.fields))) return;
    throw new GatewayError({
      status: 403,
      type: 'permission_error',
      code: 'code_name_refused',
      message: 'The request names an unannounced project. Leave the name out, or ask a model of the house.',
    });
  }
}

@Module({ providers: [CodeNamesPolicy] })
export default class CodeNamesModule {}
