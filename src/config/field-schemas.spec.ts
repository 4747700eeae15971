import fc from 'fast-check';
import {
  bool,
  browserOrigin,
  cidr,
  emailAddress,
  emailDomain,
  forwardableHeader,
  headerSafeSecret,
  list,
  listenHost,
  oneOf,
  userinfoUrl,
  webAddress,
  wholeNumber,
  type FieldSchema,
} from './field-schemas.js';

const read = <T>(schema: FieldSchema<T>, text: string): T | 'refused' => {
  const result = schema.safeParse(text);
  return result.success ? result.data : 'refused';
};

describe('wholeNumber', () => {
  it('reads decimal digits within its bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 300 }), (value) => {
        expect(read(wholeNumber(0, 200), String(value))).toBe(value >= 0 && value <= 200 ? value : 'refused');
      }),
    );
    expect(read(wholeNumber(0, 65_535), '0080')).toBe(80);
  });

  it.each(['', '1e3', '0x10', '1.0', '+1', '1_000', '1,000', 'ten', '99999999999999999999', 'Infinity', 'NaN', '١'])(
    'refuses %p, and says the bounds once',
    (text) => {
      const { error } = wholeNumber(0, 2_000_000).safeParse(text);
      expect(error?.issues.map(({ message }) => message)).toEqual(['write a whole number from 0 to 2000000']);
    },
  );
});

describe('bool', () => {
  it.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['yes', true],
    ['on', true],
    ['false', false],
    ['0', false],
    ['no', false],
    ['Off', false],
    ['maybe', 'refused'],
    ['2', 'refused'],
  ])('reads %p as %p', (text, value) => {
    expect(read(bool, text)).toBe(value);
  });
});

describe('oneOf', () => {
  it('takes its words in any case and names them otherwise', () => {
    expect(read(oneOf('allow', 'warn', 'deny'), 'Deny')).toBe('deny');
    expect(oneOf('allow', 'warn', 'deny').safeParse('no').error?.issues[0]?.message).toBe('write allow, warn or deny');
  });
});

describe('list', () => {
  it('trims its parts, drops empty ones and doubles', () => {
    expect(read(list(emailAddress), ' a@x.io, ,B@x.io,,A@X.io ')).toEqual(['a@x.io', 'b@x.io']);
  });

  it('says which parts are bad', () => {
    const { error } = list(cidr).safeParse('10.0.0.0/8,x,y');
    expect(error?.issues.map(({ path }) => path)).toEqual([[1], [2]]);
  });
});

describe('listenHost', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['[::1]', '::1'],
    ['localhost', 'localhost'],
    ['my-host.example.com', 'my-host.example.com'],
    ['*', 'refused'],
    ['http://localhost', 'refused'],
    ['localhost:3002', 'refused'],
    ['256.0.0.1', 'refused'],
    ['3002', 'refused'],
    ['a b', 'refused'],
  ])('reads %p as %p', (text, value) => {
    expect(read(listenHost, text)).toBe(value);
  });
});

describe('webAddress', () => {
  it.each([
    ['https://ai.example.com/', 'https://ai.example.com'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['https://example.com/ai/', 'https://example.com/ai'],
    ['https://example.com?x=1', 'refused'],
    ['javascript:alert(1)', 'refused'],
    ['//example.com', 'refused'],
  ])('reads %p as %p', (text, value) => {
    expect(read(webAddress, text)).toBe(value);
  });
});

describe('browserOrigin', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com'],
    ['https://APP.example.com:443/', 'https://app.example.com'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['*', 'refused'],
    ['null', 'refused'],
    ['https://app.example.com/path', 'refused'],
    ['app.example.com', 'refused'],
  ])('reads %p as %p', (text, value) => {
    expect(read(browserOrigin, text)).toBe(value);
  });
});

describe('cidr', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['192.168.1.7', '192.168.1.7/32'],
    ['fd00::/8', 'fd00::/8'],
    ['fd12:3456::1/8', 'fd00::/8'],
    ['::1', '::1/128'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.0/33', 'refused'],
    ['::1/129', 'refused'],
    ['10/8', 'refused'],
    ['010.0.0.1/8', 'refused'],
    ['0x0a.0.0.1', 'refused'],
    ['10.0.0.0/', 'refused'],
    ['10.0.0.0/8/8', 'refused'],
    ['fe80::1%eth0/64', 'refused'],
    ['localhost', 'refused'],
  ])('reads %p as %p', (text, value) => {
    expect(read(cidr, text)).toBe(value);
  });
});

describe('forwardableHeader', () => {
  it.each([
    ['X-Tenant', 'x-tenant'],
    ['helicone-auth', 'helicone-auth'],
    ['Cookie', 'refused'],
    ['authorization', 'refused'],
    ['x-api-key', 'refused'],
    ['transfer-encoding', 'refused'],
    ['Host', 'refused'],
    ['x-forwarded-for', 'refused'],
    ['X-Gateway-Tags', 'refused'],
    ['origin', 'refused'],
    ['x tenant', 'refused'],
    ['x-tenant:', 'refused'],
  ])('reads %p as %p', (text, value) => {
    expect(read(forwardableHeader, text)).toBe(value);
  });
});

describe('other fields', () => {
  it.each([
    ['a key', headerSafeSecret, 'sk-abc', 'sk-abc'],
    ['a key with its scheme', headerSafeSecret, 'Bearer sk-abc', 'refused'],
    ['a key with a line break', headerSafeSecret, 'sk-\nabc', 'refused'],
    ['a key with an umlaut', headerSafeSecret, 'schlüssel', 'refused'],
    ['an e-mail address', emailAddress, 'Ann@Example.com', 'ann@example.com'],
    ['a name as e-mail address', emailAddress, 'ann', 'refused'],
    ['a domain', emailDomain, '@Example.com', 'example.com'],
    ['an address as domain', emailDomain, 'https://example.com', 'refused'],
    ['a userinfo endpoint', userinfoUrl, 'http://127.0.0.1:9/userinfo', 'http://127.0.0.1:9/userinfo'],
    ['another endpoint', userinfoUrl, 'http://127.0.0.1:9/me', 'refused'],
  ])('%s', (_, schema, text, value) => {
    expect(read(schema, text)).toBe(value);
  });
});
