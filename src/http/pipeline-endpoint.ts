import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/** Metadata of a handler that belongs to the `/v1` pipeline: its own guards decide who may call it. */
export const PIPELINE_ENDPOINT = 'gateway:pipeline-endpoint';

/** What every such handler, or its controller, is marked with. */
export interface PipelineEndpoint {
  /** Path as clients call it, and the bounded name in metrics and rows. */
  readonly path: string;
}

const reflector = new Reflector();
/** By controller, then by handler: reflection walks prototypes, which costs more than the guards that ask. */
const known = new WeakMap<object, WeakMap<object, PipelineEndpoint | null>>();

/** The pipeline endpoint that a request has reached; null for every other handler. */
export function pipelineEndpointOf<Endpoint extends PipelineEndpoint>(execution: ExecutionContext): Endpoint | null {
  const handler = execution.getHandler();
  const controller = execution.getClass();
  let ofController = known.get(controller);
  if (!ofController) known.set(controller, (ofController = new WeakMap()));
  let endpoint = ofController.get(handler);
  if (endpoint === undefined) {
    endpoint =
      reflector.getAllAndOverride<PipelineEndpoint | undefined>(PIPELINE_ENDPOINT, [handler, controller]) ?? null;
    ofController.set(handler, endpoint);
  }
  // The decorator that marks a handler takes the very type that its guards ask for.
  return endpoint as Endpoint | null;
}
