import { Inject, Injectable, type LoggerService, type OnApplicationShutdown } from '@nestjs/common';
import { pino, stdTimeFunctions, type Logger as Pino } from 'pino';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { OPENED_LOG } from './opened-log.js';
import type { OpenedLog } from './log-stream.js';
import { scrubError, scrubFields, scrubText } from './scrub.js';

export type EventLevel = 'debug' | 'info' | 'warn' | 'error';
type Level = EventLevel | 'fatal' | 'trace';

/** What Nest tells while it builds the application is of interest to nobody who runs it. */
const BOOT_CHATTER: ReadonlySet<string> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'TypeOrmModule',
]);

/** The one log: a JSON line per event, without secrets. Nest's own `Logger` writes through it. */
@Injectable()
export class GatewayLogger implements LoggerService, OnApplicationShutdown {
  private readonly pino: Pino;

  constructor(
    @Inject(OPENED_LOG) private readonly opened: OpenedLog,
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
  ) {
    const { level } = config.log;
    const formatters = { level: (label: string) => ({ level: label }) };
    this.pino = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, formatters }, opened.stream);
  }

  onApplicationShutdown(): Promise<void> {
    return this.opened.flush();
  }

  isWritten(level: EventLevel): boolean {
    return this.pino.isLevelEnabled(level);
  }

  /** Writes fields of which the caller knows that they hold no secret; the hot road of the request log. */
  event(level: EventLevel, fields: Readonly<Record<string, unknown>>): void {
    this.pino[level](fields);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** @param rest as Nest's `Logger` has it: a stack where there is one, then the context */
  private write(given: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const level = given === 'info' && typeof context === 'string' && BOOT_CHATTER.has(context) ? 'debug' : given;
    if (!this.pino.isLevelEnabled(level)) return;
    const [stack] = rest.length > 1 ? rest : [];
    const fields = {
      ...(typeof context === 'string' ? { context } : {}),
      ...(typeof stack === 'string' ? { stack: scrubText(stack) } : {}),
    };
    if (message instanceof Error)
      this.pino[level]({ ...fields, error: scrubError(message) }, scrubText(message.message));
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...fields, ...scrubFields(message) });
    else this.pino[level](fields, scrubText(String(message)));
  }
}
