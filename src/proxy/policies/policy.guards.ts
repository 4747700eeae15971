import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { contextOf } from '../../http/request-context.js';
import type { PipelineStage } from './pipeline-policy.js';
import { PolicyRegistry } from './policy-registry.js';

/** Runs the policies of one stage, one after the other; the first that throws refuses the call. */
abstract class StageGuard implements CanActivate {
  protected abstract readonly stage: Exclude<PipelineStage, 'answer'>;

  constructor(private readonly policies: PolicyRegistry) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const policies = this.policies.before(this.stage);
    return policies.length === 0 ? true : this.runAll(policies, execution);
  }

  private async runAll(policies: ReturnType<PolicyRegistry['before']>, execution: ExecutionContext): Promise<boolean> {
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    for (const policy of policies) await policy.check(context);
    return true;
  }
}

@Injectable()
export class AuthenticatedPolicies extends StageGuard {
  protected readonly stage = 'authenticated';
  constructor(policies: PolicyRegistry) {
    super(policies);
  }
}

@Injectable()
export class RoutedPolicies extends StageGuard {
  protected readonly stage = 'routed';
  constructor(policies: PolicyRegistry) {
    super(policies);
  }
}

@Injectable()
export class AdmittedPolicies extends StageGuard {
  protected readonly stage = 'admitted';
  constructor(policies: PolicyRegistry) {
    super(policies);
  }
}
