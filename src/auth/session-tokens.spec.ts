import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { SESSION_MS, SessionTokens } from './session-tokens.js';

const KEY = randomBytes(32);
const NOW = Date.parse('2026-11-24T12:00:00Z');

function tokensAt(now = NOW, keys: readonly [Buffer, ...Buffer[]] = [KEY]): SessionTokens {
  return new SessionTokens(new JwtService(), keys, () => now);
}

function forge(header: object, change: object, signature?: (text: string) => string): string {
  const token = tokensAt().sign('ses_1', 'usr_1');
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode(header)}.${encode({ ...payload, ...change })}`;
  return `${text}.${signature?.(text) ?? ''}`;
}

const hs256 = (key: Buffer) => (text: string) => createHmac('sha256', key).update(text).digest('base64url');

describe('SessionTokens', () => {
  it('reads what it has signed', () => {
    expect(tokensAt().verify(tokensAt().sign('ses_1', 'usr_1'))).toEqual({
      sessionId: 'ses_1',
      userId: 'usr_1',
      issuedAt: NOW,
    });
  });

  it('ends after twelve hours', () => {
    const token = tokensAt().sign('ses_1', 'usr_1');
    expect(tokensAt(NOW + SESSION_MS - 1_000).verify(token)).toBeDefined();
    expect(tokensAt(NOW + SESSION_MS).verify(token)).toBeUndefined();
  });

  it.each(['none', 'None', 'NONE', ''])('refuses a token without a signature, alg %j', (alg) => {
    expect(tokensAt().verify(forge({ alg, typ: 'JWT' }, {}))).toBeUndefined();
  });

  it('refuses another algorithm, even when the key itself signed it', () => {
    const hs512 = (text: string): string => createHmac('sha512', KEY).update(text).digest('base64url');
    expect(tokensAt().verify(forge({ alg: 'HS512', typ: 'JWT' }, {}, hs512))).toBeUndefined();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const rs256 = new JwtService().sign(
      { sub: 'usr_1', jti: 'ses_1' },
      { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), algorithm: 'RS256' },
    );
    expect(tokensAt().verify(rs256)).toBeUndefined();
  });

  it('refuses a token signed with a public key or an empty secret as its HMAC key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    for (const key of [pem, Buffer.alloc(0)]) {
      expect(tokensAt().verify(forge({ alg: 'HS256', typ: 'JWT' }, {}, hs256(key)))).toBeUndefined();
    }
  });

  it.each([
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'other' }],
    ['no session', { jti: undefined }],
    ['no person', { sub: 7 }],
  ])('refuses %s, well signed', (_, change) => {
    expect(tokensAt().verify(forge({ alg: 'HS256', typ: 'JWT' }, {}, hs256(KEY)))).toBeDefined();
    expect(tokensAt().verify(forge({ alg: 'HS256', typ: 'JWT' }, change, hs256(KEY)))).toBeUndefined();
  });

  it('still reads tokens of a previous key, and signs with the one in force', () => {
    const fresh = randomBytes(32);
    const rotated = tokensAt(NOW, [fresh, KEY]);
    expect(rotated.verify(tokensAt().sign('ses_1', 'usr_1'))).toBeDefined();
    expect(tokensAt().verify(rotated.sign('ses_1', 'usr_1'))).toBeUndefined();
  });
});
