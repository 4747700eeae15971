import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** True when a host name or address, with or without brackets, can only be this very machine. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(bare) !== 0) return ipaddr.process(bare).range() === 'loopback';
  return bare === 'localhost' || bare.endsWith('.localhost');
}
