import {
  cleanKey,
  keyForApi,
  keyForModels,
  keyMismatch,
  maskKey,
  setAnonymous,
  setChatKey,
  setIdentityKey,
} from './credentials.js';

describe('keys of the tab', () => {
  afterEach(() => {
    setIdentityKey(null);
    setChatKey(null);
    setAnonymous(false);
  });

  it('never sends the admin key to a model', () => {
    setIdentityKey('admin-secret', { isAdmin: true });
    expect(keyForApi()).toBe('admin-secret');
    expect(keyForModels()).toBeNull();
  });

  it('uses the key typed in chat for models, and for the API only when nothing else names the caller', () => {
    setChatKey('sk-own');
    expect(keyForModels()).toBe('sk-own');
    expect(keyForApi()).toBeNull();
    setAnonymous(true);
    expect(keyForApi()).toBe('sk-own');
  });

  it('signs in with a gateway key for both', () => {
    setIdentityKey('gw-1');
    expect([keyForApi(), keyForModels()]).toEqual(['gw-1', 'gw-1']);
  });
});

describe('typed keys', () => {
  it.each([
    ['  sk-1 \n', 'sk-1'],
    ['"sk-1"', 'sk-1'],
    ['Bearer sk-1', 'sk-1'],
    ['Authorization: Bearer sk-1', 'sk-1'],
  ])('cleans %j', (typed, key) => {
    expect(cleanKey(typed)).toBe(key);
  });

  it('shows the last four characters only', () => {
    expect(maskKey('sk-secret-abcd')).toBe('●●●●abcd');
  });

  it('names a key of another maker', () => {
    expect(keyMismatch('sk-ant-1', 'openai')).toBe('This looks like an Anthropic key; the provider is openai.');
    expect(keyMismatch('sk-proj-1', 'openai')).toBeNull();
    expect(keyMismatch('gw-1', 'anything')).toBeNull();
    expect(keyMismatch('unknown-form', 'openai')).toBeNull();
  });
});
