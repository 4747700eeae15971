import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { KeySpending, type PeriodSpending, type SpendingQuery } from '../http/key-spending.js';
import { findSeam } from '../http/optional-seam.js';

/** Reads what keys and people have spent, where a module of this gateway keeps count. */
@Injectable()
export class SpendingReader {
  constructor(private readonly modules: ModuleRef) {}

  /** One reading per query, in their order; undefined where nobody keeps count. */
  async read(queries: readonly SpendingQuery[]): Promise<readonly (PeriodSpending | undefined)[]> {
    const spending = queries.length === 0 ? undefined : findSeam<KeySpending>(this.modules, KeySpending);
    return spending ? spending.spendingOf(queries) : queries.map(() => undefined);
  }
}
