import type { GatewayConfig, UpstreamConfig } from './gateway-config.js';
import { isLoopbackHost } from './loopback.js';

/** What is known only after the start. */
export interface StartFacts {
  /** Where it listens: `http://127.0.0.1:3002` */
  readonly address: string;
  /** `SQLite (persistent)` or `in-memory (set DATABASE_PATH for persistence)` */
  readonly storage: string;
  /** Warnings of the configuration and of the start, one sentence each. */
  readonly warnings: readonly string[];
}

const ACCESS = {
  open: "open (callers use their own upstream key, or the gateway's)",
  keys: 'keys (issued keys and signed-in people only)',
};

/** What the start tells, line by line: never a credential. */
export function startLines(config: GatewayConfig, { address, storage, warnings }: StartFacts): string[] {
  return [
    `AI Gateway listens on ${address}`,
    `Storage: ${storage}`,
    `Access: ${ACCESS[config.access]}`,
    'Upstreams:',
    ...asTable([['name', 'address', 'credential'], ...config.upstreams.map(asRow), ...demoRows(config)]),
    ...[...warnings, ...config.upstreams.flatMap(plainHttpWarning)].map((warning) => `Warning: ${warning}`),
  ];
}

function asRow({ name, baseUrl, kind, credential, credentialSource, isDefault }: UpstreamConfig): string[] {
  return [
    name,
    `${baseUrl}${kind === 'openai' ? '' : ` (${kind})`}${isDefault ? ' (default)' : ''}`,
    credential === undefined ? 'none' : credentialSource,
  ];
}

function demoRows({ demo }: GatewayConfig): string[][] {
  return demo ? [['demo', 'embedded', 'not needed']] : [];
}

function plainHttpWarning({ name, baseUrl, credential, credentialSource }: UpstreamConfig): string[] {
  const { protocol, hostname } = new URL(baseUrl);
  if (credential === undefined || protocol !== 'http:' || isLoopbackHost(hostname)) return [];
  return [`${credentialSource} leaves this machine unencrypted, over http:// to ${name} (${baseUrl}); use https://.`];
}

function asTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
