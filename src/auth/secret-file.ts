import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Logger } from '@nestjs/common';
import { StorageStartError } from '../storage/storage-errors.js';
import { errorCode } from './error-code.js';

const MIN_BYTES = 32;
const OWNER_ONLY = 0o600;

/** The file beside the database that holds the secret cannot be used. */
export class SecretFileError extends StorageStartError {
  constructor(message: string) {
    super(message);
    this.name = 'SecretFileError';
  }
}

/**
 * Reads the secret kept beside the database, or makes the file with `fresh`, readable by its owner only.
 * @throws {SecretFileError} when the file is there and cannot be read, or is too short to be a secret
 */
export function readOrMakeSecretFile(path: string, fresh: string): string {
  mkdirSync(dirname(path), { recursive: true });
  try {
    // Exclusive: of two processes that start at once both end up with the one secret that is in the file.
    writeFileSync(path, `${fresh}\n`, { flag: 'wx', mode: OWNER_ONLY });
    new Logger('secret').log(`Made a new secret in ${path}. Back it up: issued keys and saved credentials need it.`);
    return fresh;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST')
      throw new SecretFileError(`The secret file ${path} cannot be made: ${errorCode(error)}`);
  }
  return readSecretFile(path);
}

function readSecretFile(path: string): string {
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8').trim();
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, OWNER_ONLY);
  } catch (error) {
    throw new SecretFileError(`The secret file ${path} cannot be read: ${errorCode(error)}`);
  }
  if (Buffer.byteLength(secret) < MIN_BYTES) {
    throw new SecretFileError(
      `The secret file ${path} is shorter than ${MIN_BYTES} bytes. Restore it from a backup, or delete it: issued keys, ` +
        'sessions and saved credentials are then lost.',
    );
  }
  return secret;
}
