import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];

/** CIDRs are parsed once per list: the configuration's own, which never changes. */
const parsedLists = new WeakMap<readonly string[], readonly Cidr[]>();

/**
 * Address of the client: the peer's, unless the peer is a trusted proxy. Then the right-most entry of
 * `X-Forwarded-For` that is not a trusted proxy itself, for everything left of it can be made up by the client.
 * @param trustedProxies CIDRs
 * @returns an address in its shortest form, IPv4 never mapped into IPv6; empty for a peer without an address
 */
export function clientAddressOf(request: IncomingMessage, trustedProxies: readonly string[]): string {
  const remoteAddress = request.socket.remoteAddress ?? '';
  // Most gateways have no proxy in front, and parsing costs more than the rest of this.
  if (trustedProxies.length === 0) return unmapped(remoteAddress);
  const peer = parseAddress(remoteAddress);
  if (!peer) return '';
  const trusted = cidrsOf(trustedProxies);
  let nearest = peer;
  if (!isTrusted(peer, trusted)) return nearest.toString();
  for (const hop of forwardedFor(request).reverse()) {
    const address = parseAddress(withoutPort(hop));
    if (!address) break;
    nearest = address;
    if (!isTrusted(address, trusted)) break;
  }
  return nearest.toString();
}

/** Whether the peer of the connection is one of the proxies whose `X-Forwarded-*` headers count. */
export function isFromTrustedProxy(request: IncomingMessage, trustedProxies: readonly string[]): boolean {
  const peer = parseAddress(request.socket.remoteAddress ?? '');
  return peer !== undefined && isTrusted(peer, cidrsOf(trustedProxies));
}

/**
 * What limits by address count: an IPv4 address, or the /64 network of an IPv6 address, since one subscriber
 * holds at least a whole such network.
 */
export function addressBlockOf(address: string): string {
  const parsed = isIPv6(address) ? parseAddress(address) : undefined;
  if (!parsed || parsed.kind() === 'ipv4') return address;
  const groups = (parsed as ipaddr.IPv6).parts.slice(0, 4).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}

/** @returns undefined for what is no address in its usual notation */
export function parseAddress(text: string): Address | undefined {
  const bare = text.split('%', 1)[0] ?? '';
  // Asked first, for the parser below throws and catches at everything that is no address.
  if (isIP(bare) === 0) return undefined;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined;
}

/** `::ffff:10.0.0.1` is how a socket for both versions shows an IPv4 peer. */
function unmapped(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

function forwardedFor(request: IncomingMessage): string[] {
  const header = request.headers['x-forwarded-for'];
  return String(header ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** `10.0.0.1:1234` and `[::1]:1234` without their ports; anything else as it is. */
function withoutPort(entry: string): string {
  const match = /^\[([^\]]+)\](?::\d+)?$/.exec(entry) ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(entry);
  return match?.[1] ?? entry;
}

function cidrsOf(list: readonly string[]): readonly Cidr[] {
  let parsed = parsedLists.get(list);
  if (!parsed) {
    parsed = list.map((cidr) => ipaddr.parseCIDR(cidr));
    parsedLists.set(list, parsed);
  }
  return parsed;
}

function isTrusted(address: Address, trusted: readonly Cidr[]): boolean {
  return trusted.some((cidr) => address.kind() === cidr[0].kind() && address.match(cidr as never));
}
