import { aLoad } from './spec-support.js';

const warningsOf = (env: Record<string, string>) => aLoad(env).warnings;

describe('unknown AI_GATEWAY_* names', () => {
  it('are warned of with the nearest known name', () => {
    expect(warningsOf({ AI_GATEWAY_RATE_LIMT_RPM: '5', AI_GATEWAY_PORT: '80', OTHER: 'x' })).toEqual([
      'AI_GATEWAY_RATE_LIMT_RPM is not read: there is no such variable. Did you mean AI_GATEWAY_RATE_LIMIT_RPM?',
      expect.stringMatching(/^AI_GATEWAY_PORT is not read/),
    ]);
  });

  it('do not include the keys of configured upstreams', () => {
    const env = { AI_GATEWAY_UPSTREAMS: 'eu-azure=https://eu.openai.azure.com/openai/v1' };
    expect(
      warningsOf({ ...env, AI_GATEWAY_UPSTREAM_EU_AZURE_KEY: 'sk-x', AI_GATEWAY_UPSTREAM_OPENAI_KEY: 'sk-y' }),
    ).toEqual([]);
    expect(warningsOf({ ...env, AI_GATEWAY_UPSTREAM_AZURE_KEY: 'sk-x' })).toEqual([
      'AI_GATEWAY_UPSTREAM_AZURE_KEY is not read: no upstream has that name (there are openai, eu-azure). Did you mean AI_GATEWAY_UPSTREAM_EU_AZURE_KEY?',
    ]);
  });

  it('do not count when they are empty', () => {
    expect(warningsOf({ AI_GATEWAY_TYPO: '' })).toEqual([]);
  });

  it('do not include what Kubernetes sets for a service of that name', () => {
    expect(
      warningsOf({
        AI_GATEWAY_SERVICE_HOST: '10.0.0.1',
        AI_GATEWAY_SERVICE_PORT: '80',
        AI_GATEWAY_SERVICE_PORT_HTTP: '80',
        AI_GATEWAY_PORT: 'tcp://10.0.0.1:80',
        AI_GATEWAY_PORT_80_TCP: 'tcp://10.0.0.1:80',
        AI_GATEWAY_PORT_80_TCP_PROTO: 'tcp',
        AI_GATEWAY_PORT_80_TCP_PORT: '80',
        AI_GATEWAY_PORT_80_TCP_ADDR: '10.0.0.1',
      }),
    ).toEqual([]);
  });
});
