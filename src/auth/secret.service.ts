import { hkdfSync, randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { GatewayConfig } from '../config/gateway-config.js';
import { readOrMakeSecretFile } from './secret-file.js';

/** What a key is for. Each purpose has a key of its own, so that none can be used in another's place. */
export type KeyPurpose = 'fingerprint' | 'issued-key' | 'vault' | 'session' | 'sign-in-state';

const KEY_BYTES = 32;

/**
 * The gateway's secret, from which every other key is derived by HKDF-SHA256. Old secrets go on opening what they
 * sealed; whoever opens something with one of them seals it anew with the current.
 */
export class SecretService {
  private readonly derived = new Map<KeyPurpose, readonly [Buffer, ...Buffer[]]>();

  constructor(
    private readonly current: string,
    private readonly previous: readonly string[] = [],
  ) {}

  /** The key in force for a purpose, 32 bytes. */
  key(purpose: KeyPurpose): Buffer {
    return this.keys(purpose)[0];
  }

  /** The key in force, then those of the previous secrets, newest first. */
  keys(purpose: KeyPurpose): readonly [Buffer, ...Buffer[]] {
    let keys = this.derived.get(purpose);
    if (!keys) {
      keys = [deriveKey(this.current, purpose), ...this.previous.map((secret) => deriveKey(secret, purpose))];
      this.derived.set(purpose, keys);
    }
    return keys;
  }

  /**
   * `AI_GATEWAY_SECRET`; without it one that is kept beside the database, and without a database one that lives as
   * long as the process.
   */
  static fromConfig(config: GatewayConfig, random: (bytes: number) => Buffer = randomBytes): SecretService {
    const previous = config.secret.previous.map((secret) => secret.reveal());
    return new SecretService(currentSecretOf(config, random), previous);
  }
}

function currentSecretOf(config: GatewayConfig, random: (bytes: number) => Buffer): string {
  if (config.secret.value) return config.secret.value.reveal();
  const fresh = random(KEY_BYTES).toString('base64url');
  const { databasePath } = config.storage;
  if (databasePath !== undefined) return readOrMakeSecretFile(`${databasePath}.secret`, fresh);
  new Logger('secret').warn(
    'No AI_GATEWAY_SECRET and no database: issued keys, sessions and saved credentials end with this process.',
  );
  return fresh;
}

function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `ai-gateway/${purpose}/1`, KEY_BYTES));
}
