import { KeyDisabledError, KeyExpiredError } from './auth-errors.js';
import type { IssuedKey } from './issued-key.js';
import { KeyDirectory } from './key-directory.js';
import { SecretService } from './secret.service.js';

const SECRET = 'a secret of more than thirty-two bytes';
const NOW = new Date('2026-11-24T12:00:00Z');

function aDirectory(): KeyDirectory {
  return new KeyDirectory(new SecretService(SECRET));
}

function aKey(directory: KeyDirectory, secret: string, change: Partial<IssuedKey> = {}): IssuedKey {
  const hashes = [{ hash: directory.hash(secret) }];
  return { id: 'key_1', name: 'one', hashes, last4: 'abcd', limits: {}, tags: {}, isDisabled: false, ...change };
}

describe('KeyDirectory', () => {
  it('finds a key by itself and says who calls with it', () => {
    const directory = aDirectory();
    directory.put(aKey(directory, 'gw-secret', { userId: 'usr_1', models: ['gpt-*'], limits: { rpm: 5 } }));
    expect(directory.find('gw-secret', NOW)?.caller).toMatchObject({
      kind: 'virtual-key',
      keyId: 'key_1',
      maskedKey: 'gw-…abcd',
      userId: 'usr_1',
      models: ['gpt-*'],
      limits: { rpm: 5 },
      isAdmin: false,
    });
    expect(directory.find('gw-secret ', NOW)).toBeUndefined();
  });

  it('sees a change, a removal and a rotation with the very next call', () => {
    const directory = aDirectory();
    const key = aKey(directory, 'gw-secret');
    directory.put(key);
    directory.put({ ...key, isDisabled: true });
    expect(() => directory.find('gw-secret', NOW)).toThrow(KeyDisabledError);
    directory.put(aKey(directory, 'gw-rotated'));
    expect(directory.find('gw-secret', NOW)).toBeUndefined();
    expect(directory.find('gw-rotated', NOW)).toBeDefined();
    directory.remove('key_1');
    expect(directory.find('gw-rotated', NOW)).toBeUndefined();
  });

  it('refuses a key from the moment at which it ends', () => {
    const directory = aDirectory();
    directory.put(aKey(directory, 'gw-secret', { expiresAt: NOW }));
    expect(directory.find('gw-secret', new Date(NOW.getTime() - 1))).toBeDefined();
    expect(() => directory.find('gw-secret', NOW)).toThrow(KeyExpiredError);
  });

  it('knows the key before a rotation until its grace is over', () => {
    const directory = aDirectory();
    const hashes = [{ hash: directory.hash('gw-new') }, { hash: directory.hash('gw-old'), validUntil: NOW }];
    directory.put(aKey(directory, 'gw-new', { hashes }));
    expect(directory.find('gw-old', new Date(NOW.getTime() - 1))?.key.id).toBe('key_1');
    expect(directory.find('gw-old', NOW)).toBeUndefined();
  });

  it('knows a key hashed with an old secret and says under which hash it is to be kept', () => {
    const old = aDirectory();
    const renewed = new KeyDirectory(new SecretService('a new secret of more than 32 bytes', [SECRET]));
    renewed.put(aKey(old, 'gw-secret'));
    expect(renewed.find('gw-secret', NOW)?.renewedHash).toBe(renewed.hash('gw-secret'));
    renewed.put(aKey(renewed, 'gw-secret'));
    expect(renewed.find('gw-secret', NOW)).not.toHaveProperty('renewedHash');
  });
});
