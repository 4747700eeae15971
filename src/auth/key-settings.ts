import { usdToNanoUsd } from '../../libs/pricing/money.js';
import type { VirtualKeyEntity } from '../storage/entities/virtual-key.entity.js';
import type { UpdateKeyDto } from './dto/key.dto.js';

/** A key that may everything and never ends. */
export const NO_SETTINGS = {
  owner: null,
  userId: null,
  previousHash: null,
  previousValidUntil: null,
  models: null,
  budgetNanoUsd: null,
  budgetPeriod: 'month',
  rpm: null,
  tpm: null,
  maxParallel: null,
  tags: '{}',
  expiresAt: null,
  disabledAt: null,
  lastUsedAt: null,
} as const;

/** The columns that a body sets; what it does not name stays. */
export function settingsOf(dto: UpdateKeyDto): Partial<VirtualKeyEntity> {
  const { models, budgetUsd, budgetPeriod, rpm, tpm, maxParallel, expiresAt, tags } = dto;
  return {
    ...(models !== undefined && { models: models && JSON.stringify(models) }),
    ...(budgetUsd !== undefined && { budgetNanoUsd: budgetUsd === null ? null : usdToNanoUsd(budgetUsd) }),
    ...(budgetPeriod !== undefined && { budgetPeriod }),
    ...(rpm !== undefined && { rpm }),
    ...(tpm !== undefined && { tpm }),
    ...(maxParallel !== undefined && { maxParallel }),
    ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : Date.parse(expiresAt) }),
    ...(tags !== undefined && { tags: JSON.stringify(tags) }),
  };
}
