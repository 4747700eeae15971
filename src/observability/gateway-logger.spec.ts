import { loadConfig } from '../config/load-config.js';
import { GatewayLogger } from './gateway-logger.js';
import { keptElsewhere } from './log-stream.js';

function aLogger(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const { config } = loadConfig({ LOG_LEVEL: level });
  return { lines, logger: new GatewayLogger(keptElsewhere(stream), config) };
}

it('writes an event as one line of JSON with its level, time and context', () => {
  const { lines, logger } = aLogger();
  logger.warn({ event: 'model_list_failed', upstream: 'local' }, 'models');
  expect(lines).toEqual([
    { level: 'warn', time: expect.any(String), context: 'models', event: 'model_list_failed', upstream: 'local' },
  ]);
  expect(new Date(String(lines[0]?.time)).toISOString()).toBe(lines[0]?.time);
});

it('writes the stack that Nest hands over beside the context', () => {
  const { lines, logger } = aLogger();
  logger.error('it broke', 'Error: it broke\n    at here', 'ExceptionsHandler');
  expect(lines[0]).toMatchObject({ level: 'error', msg: 'it broke', context: 'ExceptionsHandler' });
  expect(lines[0]?.stack).toContain('at here');
});

it('writes an error without what hangs on it', () => {
  const { lines, logger } = aLogger();
  logger.error(Object.assign(new Error('refused'), { config: { headers: { 'x-api-key': 'sk-abcdefghijkl' } } }));
  expect(lines[0]).toMatchObject({ msg: 'refused', error: { name: 'Error', message: 'refused' } });
  expect(JSON.stringify(lines)).not.toContain('sk-abc');
});

it.each(['log', 'warn', 'error', 'fatal'] as const)('takes keys out of texts that are told by %s', (method) => {
  const { lines, logger } = aLogger();
  logger[method]('key sk-abcdefghijklmnop', 'somewhere');
  logger[method]({ event: 'x', detail: 'Bearer abcdefghijklmnop' }, 'somewhere');
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).not.toContain('abcdefghijklmnop');
});

it('drops what Nest tells while it starts, unless the level is debug', () => {
  const usual = aLogger();
  usual.logger.log('Mapped {/v1/chat/completions, POST} route', 'RouterExplorer');
  usual.logger.log('something else', 'storage');
  expect(usual.lines.map(({ msg }) => msg)).toEqual(['something else']);
  const debug = aLogger('debug');
  debug.logger.log('Mapped {/v1/chat/completions, POST} route', 'RouterExplorer');
  expect(debug.lines).toHaveLength(1);
});

it('writes nothing when it is silent', () => {
  const { lines, logger } = aLogger('silent');
  logger.fatal('the end', 'main');
  expect(lines).toEqual([]);
  expect(logger.isWritten('error')).toBe(false);
});
