import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { StorageConfig } from '../config/gateway-config.js';
import { driverOf } from './drivers.js';
import { LedgerWriter } from './ledger-writer.js';
import { Storage } from './storage.js';
import { StorageTransactions } from './storage-transactions.js';
import { UsageSums } from './usage-sums.js';

/**
 * Opens the configured database at the start. `TypeOrmModule.forFeature([Entity])` gives repositories of it; the
 * ledger's hot road is `LedgerWriter`.
 */
@Global()
@Module({})
export class StorageModule {
  static forRoot(config: { readonly storage: StorageConfig }): DynamicModule {
    return {
      module: StorageModule,
      providers: [
        {
          provide: Storage,
          useFactory: async () => new Storage(await driverOf(config.storage).open(config.storage)),
        },
        { provide: DataSource, useFactory: (storage: Storage) => storage.opened.dataSource, inject: [Storage] },
        { provide: LedgerWriter, useFactory: (storage: Storage) => storage.writer, inject: [Storage] },
        { provide: UsageSums, useFactory: (storage: Storage) => storage.sums, inject: [Storage] },
        { provide: StorageTransactions, useFactory: (storage: Storage) => storage.transactions, inject: [Storage] },
      ],
      exports: [Storage, DataSource, LedgerWriter, UsageSums, StorageTransactions],
    };
  }
}
