import { KeyFingerprints, maskKey } from './key-fingerprints.js';
import { SecretService } from './secret.service.js';

describe('KeyFingerprints', () => {
  it('knows a key by a keyed hash, the same for each call and another under another secret', () => {
    const one = new KeyFingerprints(new SecretService('a secret of more than thirty-two bytes'));
    const other = new KeyFingerprints(new SecretService('b secret of more than thirty-two bytes'));
    const { keyId } = one.of('sk-upstream-key-1234');
    expect(keyId).toMatch(/^fp_[\w-]{22}$/);
    expect(one.of('sk-upstream-key-1234').keyId).toBe(keyId);
    expect(one.of('sk-upstream-key-1235').keyId).not.toBe(keyId);
    expect(other.of('sk-upstream-key-1234').keyId).not.toBe(keyId);
  });
});

describe('maskKey', () => {
  it.each([
    ['sk-upstream-key-1234', '…1234'],
    ['short', '…'],
    ['sk-upstream-12\u00e9\u0007', '…12??'],
  ])('shows %j as %s', (key, masked) => expect(maskKey(key)).toBe(masked));
});
