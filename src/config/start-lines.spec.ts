import { aLoad } from './spec-support.js';
import { startLines } from './start-lines.js';

const linesOf = (env: Record<string, string>, warnings: readonly string[] = []) =>
  startLines(aLoad(env).config, {
    address: 'http://127.0.0.1:3002',
    storage: 'in-memory (set DATABASE_PATH for persistence)',
    warnings,
  });

describe('startLines', () => {
  it('tells the address, storage, access and upstreams', () => {
    expect(linesOf({})).toEqual([
      'AI Gateway listens on http://127.0.0.1:3002',
      'Storage: in-memory (set DATABASE_PATH for persistence)',
      "Access: open (callers use their own upstream key, or the gateway's)",
      'Upstreams:',
      '  name    address                              credential',
      '  openai  https://api.openai.com/v1 (default)  none',
      '  demo    embedded                             not needed',
    ]);
  });

  it('tells where each credential comes from, in columns', () => {
    const env = {
      AI_GATEWAY_ACCESS: 'keys',
      AI_GATEWAY_DEMO: 'false',
      AI_GATEWAY_UPSTREAMS: 'azure=https://eu.openai.azure.com/openai/v1?api-version=preview',
      AI_GATEWAY_API_KEY: 'sk-shared',
      AI_GATEWAY_UPSTREAM_AZURE_KEY: 'sk-own',
    };
    expect(linesOf(env, ['something is odd.']).slice(2)).toEqual([
      'Access: keys (issued keys and signed-in people only)',
      'Upstreams:',
      '  name    address                                        credential',
      '  openai  https://api.openai.com/v1 (default)            AI_GATEWAY_API_KEY',
      '  azure   https://eu.openai.azure.com/openai/v1 (azure)  AI_GATEWAY_UPSTREAM_AZURE_KEY',
      'Warning: something is odd.',
    ]);
  });

  it.each([
    ['http://gpu.example.com/v1', 1],
    ['http://10.0.0.7:8080/v1', 1],
    ['http://0.0.0.0:8080/v1', 1],
    ['https://gpu.example.com/v1', 0],
    ['http://localhost:8080/v1', 0],
    ['http://127.0.0.1:8080/v1', 0],
    ['http://[::1]:8080/v1', 0],
  ])('warns where a credential leaves the machine unencrypted: %s', (address, count) => {
    const env = { AI_GATEWAY_UPSTREAM: address };
    const isWarning = (line: string) => line.startsWith('Warning: OPENAI_API_KEY leaves this machine unencrypted');
    expect(linesOf({ ...env, OPENAI_API_KEY: 'sk-x' }).filter(isWarning)).toHaveLength(count);
    expect(linesOf(env).filter((line) => line.startsWith('Warning'))).toEqual([]);
  });
});
