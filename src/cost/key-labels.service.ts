import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { KeyLabelEntity } from '../storage/entities/key-label.entity.js';

/** How a key is shown. */
export interface KeyLabel {
  /** Masked. */
  readonly key: string;
  readonly name: string;
}

/** Names of keys that have called, kept beyond their rows. */
@Injectable()
export class KeyLabels {
  constructor(private readonly dataSource: DataSource) {}

  async labelsOf(keyIds: readonly string[]): Promise<ReadonlyMap<string, KeyLabel>> {
    if (keyIds.length === 0) return new Map();
    const rows = await this.dataSource.getRepository(KeyLabelEntity).findBy({ keyId: In([...keyIds]) });
    return new Map(rows.map(({ keyId, maskedKey, name }) => [keyId, { key: maskedKey, name: name ?? maskedKey }]));
  }
}
