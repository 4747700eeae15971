import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { CallerLimits, Installation, Me } from '../../libs/contracts/me.js';
import { nanoUsdToNumber } from '../../libs/pricing/money.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { ANONYMOUS, type Caller } from '../http/caller.js';
import { contextOf } from '../http/request-context.js';
import { ApiCallers } from './api-callers.service.js';
import { isAdminConfigured } from './direct-loopback.js';
import { KeyAdministration } from './key-administration.service.js';
import { People } from './people.service.js';
import { SessionEndedError } from './signed-in.service.js';
import { SpendingReader } from './spending-reader.js';

/** Tells callers who they are here, what limits them, and what this installation offers. */
@Injectable()
export class MeService {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly callers: ApiCallers,
    private readonly people: People,
    private readonly keys: KeyAdministration,
    private readonly spending: SpendingReader,
  ) {}

  /** @throws {GatewayError} 400 or 401 for a key that is no good; an ended session is anonymous */
  async show(request: IncomingMessage, response: ServerResponse): Promise<Me> {
    const caller = await this.callerOf(request, response);
    contextOf(request).caller = caller;
    const installation = this.installation();
    switch (caller.kind) {
      case 'anonymous':
        return { kind: 'anonymous', role: null, limits: this.limitsOf(caller), ...installation };
      case 'admin':
        return { kind: 'admin', role: 'admin', limits: null, ...installation };
      case 'person':
        return this.showPerson(caller, installation);
      case 'upstream-key':
      case 'virtual-key':
        return this.showKey(caller, installation);
    }
  }

  private async callerOf(request: IncomingMessage, response: ServerResponse): Promise<Caller> {
    try {
      return await this.callers.callerOf(request, response);
    } catch (error) {
      if (error instanceof SessionEndedError) return ANONYMOUS;
      throw error;
    }
  }

  private installation(): Installation {
    const { access, google, demo, allowedDomains } = this.config;
    const loopbackAdmin = !isAdminConfigured(this.config);
    return { access, signIn: google !== undefined, demo, loopbackAdmin, allowedDomains };
  }

  private async showPerson(caller: Caller, installation: Installation): Promise<Me> {
    const user = await this.people.find(caller.keyId);
    const period = user?.budgetPeriod ?? 'month';
    const isBudgeted = user !== undefined && user.budgetNanoUsd !== null;
    const [spent] = isBudgeted ? await this.spending.read([{ id: user.id, period }]) : [];
    const budget = {
      budgetUsd: isBudgeted ? nanoUsdToNumber(user.budgetNanoUsd ?? 0) : null,
      budgetPeriod: isBudgeted ? period : null,
      spentUsd: spent ? nanoUsdToNumber(spent.spentNanoUsd) : null,
      resetsAt: spent?.resetsAt?.toISOString() ?? null,
    };
    return {
      kind: 'person',
      role: caller.isAdmin ? 'admin' : 'member',
      id: caller.keyId,
      name: user?.name ?? null,
      email: caller.maskedKey,
      limits: { ...this.limitsOf(caller), ...budget },
      ...installation,
    };
  }

  private async showKey(caller: Caller, installation: Installation): Promise<Me> {
    const shown = { kind: 'key', role: null, keyId: caller.keyId, key: caller.maskedKey, ...installation } as const;
    if (caller.kind === 'upstream-key') return { ...shown, name: null, limits: this.limitsOf(caller) };
    const { name, budgetUsd, budgetPeriod, spentUsd, resetsAt } = await this.keys.get(caller.keyId, caller);
    const budget = budgetUsd === null ? {} : { budgetUsd, budgetPeriod, spentUsd, resetsAt };
    return { ...shown, name, limits: { ...this.limitsOf(caller), ...budget } };
  }

  /** The limits that hold for a caller, the general one included; null where there is none. */
  private limitsOf({ limits }: Caller): CallerLimits {
    const general = this.config.limits.rpm === 0 ? null : this.config.limits.rpm;
    return { rpm: limits?.rpm ?? general, tpm: limits?.tpm ?? null, maxParallel: limits?.maxParallel ?? null };
  }
}
