import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { addressBlockOf, clientAddressOf } from './client-address.js';

function aRequest(remoteAddress: string, forwardedFor?: string): IncomingMessage {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

const PROXIES = ['10.0.0.0/8', '127.0.0.1/32', 'fd00::/8'];

describe('clientAddressOf', () => {
  it('is the peer when the peer is no trusted proxy, whatever the header says', () => {
    expect(clientAddressOf(aRequest('203.0.113.9', '1.2.3.4'), PROXIES)).toBe('203.0.113.9');
    expect(clientAddressOf(aRequest('10.1.1.1', '1.2.3.4'), [])).toBe('10.1.1.1');
    expect(clientAddressOf(aRequest('::ffff:10.1.1.1', '1.2.3.4'), [])).toBe('10.1.1.1');
    expect(clientAddressOf(aRequest('2001:db8::1'), [])).toBe('2001:db8::1');
  });

  it('is the right-most entry that is no trusted proxy', () => {
    expect(clientAddressOf(aRequest('10.1.1.1', '6.6.6.6, 198.51.100.7, 10.2.2.2'), PROXIES)).toBe('198.51.100.7');
  });

  it('unwraps IPv4 inside IPv6, on either side', () => {
    expect(clientAddressOf(aRequest('::ffff:10.1.1.1', '::ffff:198.51.100.7'), PROXIES)).toBe('198.51.100.7');
  });

  it('reads entries with ports and brackets', () => {
    expect(clientAddressOf(aRequest('10.1.1.1', '198.51.100.7:4711'), PROXIES)).toBe('198.51.100.7');
    expect(clientAddressOf(aRequest('10.1.1.1', '[2001:db8::1]:4711'), PROXIES)).toBe('2001:db8::1');
  });

  it('stops at an entry that is no address: what stands left of it is not to be believed', () => {
    expect(clientAddressOf(aRequest('10.1.1.1', '1.2.3.4, unknown, 10.3.3.3'), PROXIES)).toBe('10.3.3.3');
  });

  it('is the left-most proxy when all are trusted, and the peer without a header', () => {
    expect(clientAddressOf(aRequest('10.1.1.1', '10.9.9.9, 10.2.2.2'), PROXIES)).toBe('10.9.9.9');
    expect(clientAddressOf(aRequest('10.1.1.1'), PROXIES)).toBe('10.1.1.1');
  });

  it('cannot be chosen by what a client writes in front of what the proxy adds', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (made, real) => {
        fc.pre(!real.startsWith('10.') && real !== '127.0.0.1');
        expect(clientAddressOf(aRequest('10.1.1.1', `${made}, ${real}`), PROXIES)).toBe(real);
      }),
    );
  });
});

describe('addressBlockOf', () => {
  it('is the address of IPv4 and the /64 network of IPv6', () => {
    expect(addressBlockOf('203.0.113.9')).toBe('203.0.113.9');
    expect(addressBlockOf('2001:db8:1:2:aaaa::1')).toBe(addressBlockOf('2001:db8:1:2:bbbb::2'));
    expect(addressBlockOf('2001:db8:1:2::1')).not.toBe(addressBlockOf('2001:db8:1:3::1'));
  });
});
