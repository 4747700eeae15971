import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import {
  PIPELINE_POLICY,
  type AnswerPolicy,
  type CallPolicy,
  type PipelineStage,
  type PolicyOptions,
} from './pipeline-policy.js';

interface Registered {
  readonly options: PolicyOptions;
  readonly instance: unknown;
}

/** The policies of all modules by stage and order, found by their decorator. */
@Injectable()
export class PolicyRegistry implements OnModuleInit {
  private readonly byStage = new Map<PipelineStage, unknown[]>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const found: Registered[] = [];
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const options: unknown = metatype ? Reflect.getMetadata(PIPELINE_POLICY, metatype) : undefined;
      if (options !== undefined) found.push({ options: options as PolicyOptions, instance });
    }
    const ordered = found.toSorted((one, other) => (one.options.order ?? 0) - (other.options.order ?? 0));
    for (const { options, instance } of ordered) {
      this.byStage.set(options.stage, [...(this.byStage.get(options.stage) ?? []), instance]);
    }
  }

  before(stage: Exclude<PipelineStage, 'answer'>): readonly CallPolicy[] {
    return (this.byStage.get(stage) ?? []) as readonly CallPolicy[];
  }

  aroundAnswer(): readonly AnswerPolicy[] {
    return (this.byStage.get('answer') ?? []) as readonly AnswerPolicy[];
  }
}
