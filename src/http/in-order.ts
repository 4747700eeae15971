import {
  Injectable,
  mixin,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Observable } from 'rxjs';

/** An interceptor that answers at once, with what will come as an Observable. */
export interface SyncInterceptor<T = unknown, R = unknown> extends NestInterceptor<T, R> {
  intercept(execution: ExecutionContext, next: CallHandler<T>): Observable<R>;
}

/**
 * One interceptor made of several, from the outside in, for `@UseInterceptors`. Nest puts a promise, an async scope and
 * two operators between any two interceptors of its own list, at every call and for every event; here one calls the next.
 */
export function inOrder(...types: readonly Type<SyncInterceptor>[]): Type<NestInterceptor> {
  @Injectable()
  class InOrder implements NestInterceptor, OnModuleInit {
    private interceptors: readonly SyncInterceptor[] = [];

    constructor(private readonly moduleRef: ModuleRef) {}

    async onModuleInit(): Promise<void> {
      this.interceptors = await Promise.all(types.map((type) => this.moduleRef.create(type)));
    }

    intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
      return this.interceptors
        .reduceRight<CallHandler>(
          (inner, interceptor) => ({ handle: () => interceptor.intercept(execution, inner) }),
          next,
        )
        .handle();
    }
  }
  return mixin(InOrder);
}
