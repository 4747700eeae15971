import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** The address leads to this machine, its network or a cloud's metadata: nothing that a person may make us call. */
export class AddressRefusedError extends Error {
  readonly code = 'ADDRESS_REFUSED';
  constructor(host: string) {
    super(`${host} is no public address`);
    this.name = 'AddressRefusedError';
  }
}

/** `process()` unwraps IPv4 inside IPv6 (`::ffff:10.0.0.1`); `unicast` leaves out private, local and special ranges. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * Connects to public addresses only. The address that was checked is the one that is dialled, so a name that changes
 * its answer between check and call gains nothing.
 */
export function publicConnector(connectTimeoutMs: number, resolve: typeof lookup = lookup): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: (host, options, done) => {
      resolve(host, { ...options, all: true }, (error, found) => {
        if (error) done(error, []);
        else if (found.some(({ address }) => !isPublicAddress(address))) done(new AddressRefusedError(host), []);
        else done(null, found);
      });
    },
  });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    // Literal addresses never reach the look-up.
    if (isIP(host) !== 0 && !isPublicAddress(host)) callback(new AddressRefusedError(host), null);
    else connect(options, callback);
  };
}
