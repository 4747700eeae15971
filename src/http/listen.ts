import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from './start-error.js';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/**
 * @returns where it listens: `http://127.0.0.1:3002`
 * @throws {StartError} when it cannot
 */
export async function listen(server: Server, options: ListenOptions): Promise<string> {
  const { host, port } = options;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(adviceOn(error, options), error);
  }
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}

function adviceOn(error: unknown, { host, port }: ListenOptions): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  switch (code) {
    case 'EADDRINUSE':
      return `PORT=${port}: another program listens on ${host}:${port} already. Stop it, or set PORT to a free port (0 takes any).`;
    case 'EACCES':
      return `PORT=${port}: this user may not listen on it. Set PORT to 1024 or above.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST=${host}: this machine has no such address. Set HOST to 127.0.0.1, or to 0.0.0.0 for all of them.`;
    default:
      return `The gateway cannot listen on ${host}:${port} (${code}). Set HOST and PORT to what this machine allows.`;
  }
}
