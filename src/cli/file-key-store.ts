import { Logger, Module, type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CreateKey, IssuedKey, KeyRow } from '../../libs/contracts/keys.js';
import type { Page } from '../../libs/contracts/lists.js';
import { AdminModule } from '../admin/admin.module.js';
import { HttpModule } from '../app.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CreateKeyDto, UpdateKeyDto } from '../auth/dto/key.dto.js';
import { KeyAdministration } from '../auth/key-administration.service.js';
import { ConfigModule } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { CostModule } from '../cost/cost.module.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { AuditTrail } from '../http/audit-trail.js';
import type { Caller } from '../http/caller.js';
import { USUAL_PATIENCE } from '../http/client-patience.js';
import { GatewayError } from '../http/gateway-error.js';
import { StorageModule } from '../storage/storage.module.js';
import { Storage } from '../storage/storage.js';
import { CommandFailedError } from './cli-errors.js';
import type { KeyStore } from './key-store.js';

const COMMAND_LINE: Caller = {
  kind: 'admin',
  keyId: 'admin',
  maskedKey: 'command line',
  name: 'command line',
  isAdmin: true,
};

/** As much of the gateway as keys need: it listens nowhere. */
@Module({})
class FileModule {
  static forRoot(config: GatewayConfig, storage: Storage): DynamicModule {
    return {
      module: FileModule,
      imports: [
        ConfigModule.forRoot(config),
        HttpModule.forRoot(USUAL_PATIENCE),
        StorageModule.forRoot(storage),
        AuthModule,
        CostModule,
        AdminModule,
      ],
    };
  }
}

/** Keys in the database file of a gateway that is not running, by the gateway's own services. */
export class FileKeyStore implements KeyStore {
  private readonly keys: KeyAdministration;

  private constructor(
    readonly place: string,
    private readonly storage: Storage,
    private readonly context: INestApplicationContext,
  ) {
    this.keys = context.get(KeyAdministration, { strict: false });
  }

  /**
   * Takes the file for this process as long as it is open.
   * @throws {StorageStartError} when another process has it, or it cannot be used
   */
  static async open(config: GatewayConfig): Promise<FileKeyStore> {
    Logger.overrideLogger(false);
    const storage = await Storage.open(config.storage);
    try {
      const module = FileModule.forRoot(config, storage);
      const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
      return new FileKeyStore(`the file ${config.storage.databasePath ?? ''}`, storage, context);
    } catch (error) {
      await storage.close();
      throw error;
    }
  }

  async create(key: CreateKey): Promise<IssuedKey> {
    const dto = await checked(key, CreateKeyDto);
    const made = await told(this.keys.create(dto, COMMAND_LINE));
    await this.record('key.create', made.id, { ...key });
    return made;
  }

  list(cursor?: string): Promise<Page<KeyRow>> {
    return told(this.keys.list({ limit: 1_000, cursor }, COMMAND_LINE));
  }

  async disable(id: string): Promise<KeyRow> {
    const change = { disabled: true };
    const key = await told(this.keys.update(id, await checked(change, UpdateKeyDto), COMMAND_LINE));
    await this.record('key.update', id, change);
    return key;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.storage.close();
  }

  private record(action: string, target: string, change: Readonly<Record<string, unknown>>): Promise<void> {
    const trail = this.context.get<AuditTrail>(AuditTrail, { strict: false });
    return trail.record({ actor: 'command line', action, target, change, ip: null });
  }
}

/** The same rules as for a body of the API. */
async function checked<T>(body: object, metatype: Type<T>): Promise<T> {
  return (await told(new ApiValidationPipe().transform({ ...body }, { type: 'body', metatype }))) as T;
}

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof GatewayError ? new CommandFailedError(error.message, { cause: error }) : error;
  }
}
