import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LedgerWriter } from './ledger-writer.js';
import { Storage } from './storage.js';
import { StorageTransactions } from './storage-transactions.js';
import { UsageSums } from './usage-sums.js';

/**
 * Gives the opened database to every module. `TypeOrmModule.forFeature([Entity])` gives repositories of it; the
 * ledger's hot road is `LedgerWriter`.
 */
@Global()
@Module({})
export class StorageModule {
  static forRoot(storage: Storage): DynamicModule {
    const providers = [
      { provide: Storage, useValue: storage },
      { provide: DataSource, useValue: storage.opened.dataSource },
      { provide: LedgerWriter, useValue: storage.writer },
      { provide: UsageSums, useValue: storage.sums },
      { provide: StorageTransactions, useValue: storage.transactions },
    ];
    return { module: StorageModule, providers, exports: providers };
  }
}
