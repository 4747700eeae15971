import { AuditEntryEntity } from './audit-entry.entity.js';
import { KeyLabelEntity } from './key-label.entity.js';
import { LedgerStateEntity } from './ledger-state.entity.js';
import { OpenedRequestEntity } from './opened-request.entity.js';
import { PriceOverrideEntity } from './price-override.entity.js';
import { RequestEntity } from './request.entity.js';
import { SavedCredentialEntity } from './saved-credential.entity.js';
import { SessionEntity } from './session.entity.js';
import { UsageGroupEntity } from './usage-group.entity.js';
import { UsageLatencyEntity } from './usage-latency.entity.js';
import { UsageSumEntity } from './usage-sum.entity.js';
import { UserEntity } from './user.entity.js';
import { VirtualKeyEntity } from './virtual-key.entity.js';

/** Every entity, one line each. Column types are those that all databases have. */
export const ALL_ENTITIES = [
  OpenedRequestEntity,
  RequestEntity,
  UsageGroupEntity,
  UsageSumEntity,
  UsageLatencyEntity,
  KeyLabelEntity,
  LedgerStateEntity,
  UserEntity,
  SessionEntity,
  SavedCredentialEntity,
  VirtualKeyEntity,
  PriceOverrideEntity,
  AuditEntryEntity,
];
