import {
  All,
  applyDecorators,
  createParamDecorator,
  HttpCode,
  Post,
  SetMetadata,
  UseGuards,
  UseInterceptors,
  type ExecutionContext,
} from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { ApiKeyGuard } from '../auth/api-key.guard.js';
import { KeyThrottlerGuard } from '../auth/key-throttler.guard.js';
import { BudgetGuard } from '../cost/budget.guard.js';
import { CostInterceptor } from '../cost/cost.interceptor.js';
import { EventStreamInterceptor } from '../http/event-stream.interceptor.js';
import { inOrder } from '../http/in-order.js';
import { PIPELINE_ENDPOINT } from '../http/pipeline-endpoint.js';
import { contextOf } from '../http/request-context.js';
import { PromptLogInterceptor } from '../prompt-log/prompt-log.interceptor.js';
import { AdmissionGuard } from './admission.guard.js';
import { RAW_ENDPOINT, type EndpointSpec } from './endpoints.js';
import { documentEndpoint } from './endpoint-documentation.js';
import { EndpointNameGuard } from './endpoint-name.guard.js';
import { AnswerPolicies } from './policies/answer-policies.interceptor.js';
import { AdmittedPolicies, AuthenticatedPolicies, RoutedPolicies } from './policies/policy.guards.js';
import { RawRouteGuard } from './raw-route.guard.js';
import { RequestBodyGuard } from './request-body.guard.js';
import { RouteGuard } from './route.guard.js';

const AnswerRoad = inOrder(EventStreamInterceptor, CostInterceptor, PromptLogInterceptor, AnswerPolicies);
const RawAnswerRoad = inOrder(EventStreamInterceptor, CostInterceptor);

/**
 * The pipeline of every endpoint that names a model, in the order in which it runs. Guards let the call through one
 * after the other; the interceptors of `AnswerRoad` are listed from the outside in, so the answer passes them backwards:
 * handler → policies → previews → cost, settled and committed → bytes to the client.
 */
export function GatewayEndpoint(spec: EndpointSpec): MethodDecorator {
  return applyDecorators(
    Post(spec.path),
    HttpCode(200),
    SetMetadata(PIPELINE_ENDPOINT, spec),
    documentEndpoint(spec),
    UseGuards(
      EndpointNameGuard,
      AdmissionGuard,
      ApiKeyGuard,
      AuthenticatedPolicies,
      RequestBodyGuard,
      KeyThrottlerGuard,
      RouteGuard,
      RoutedPolicies,
      BudgetGuard,
      AdmittedPolicies,
    ),
    UseInterceptors(AnswerRoad),
  );
}

/** The raw road: the same caller, limits and record; bytes stream both ways and nothing of them is read. */
export function RawEndpoint(path: string): MethodDecorator {
  return applyDecorators(
    All(path),
    HttpCode(200),
    SetMetadata(PIPELINE_ENDPOINT, { path: RAW_ENDPOINT }),
    UseGuards(
      EndpointNameGuard,
      AdmissionGuard,
      ApiKeyGuard,
      AuthenticatedPolicies,
      KeyThrottlerGuard,
      RawRouteGuard,
      BudgetGuard,
      AdmittedPolicies,
    ),
    UseInterceptors(RawAnswerRoad),
  );
}

/** Injects the request's context into a handler. */
export const Context = createParamDecorator((_data: unknown, execution: ExecutionContext) =>
  contextOf(execution.switchToHttp().getRequest<IncomingMessage>()),
);
