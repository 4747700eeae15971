import type { CreateKey, IssuedKey, KeyRow } from '../../libs/contracts/keys.js';
import type { Page } from '../../libs/contracts/lists.js';

/** Where keys are made: a running gateway, or the file of one that is not running. */
export interface KeyStore {
  /** Said beside what was done: `the gateway at http://127.0.0.1:3002` */
  readonly place: string;
  /** @throws {CommandFailedError} */
  create(key: CreateKey): Promise<IssuedKey>;
  /** @throws {CommandFailedError} */
  list(cursor?: string): Promise<Page<KeyRow>>;
  /** @throws {CommandFailedError} */
  disable(id: string): Promise<KeyRow>;
  close(): Promise<void>;
}
