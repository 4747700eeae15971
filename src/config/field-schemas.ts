import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';
import { z } from 'zod';
import { canonicalBaseUrl, parseBaseUrl, type BaseUrl } from './base-url.js';
import { InvalidUrlError, parseHttpUrl, plainAddress } from './http-url.js';

/** Reads the text of one variable; the messages of its issues say what to write instead. */
export type FieldSchema<T> = z.ZodType<T, string>;

/** setTimeout fires at once beyond this. */
export const LONGEST_TIMER_MS = 2_147_483_647;

/** A whole number in decimal digits, within bounds. */
export function wholeNumber(min: number, max: number): FieldSchema<number> {
  const advice = `write a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, advice)
    .transform(Number)
    .refine((value) => value >= min && value <= max, advice);
}

/** `true`, `1`, `yes`, `on` … */
export const bool: FieldSchema<boolean> = z.stringbool({ error: 'write true or false' });

/** One of some words, in any case. */
export function oneOf<const T extends string>(...words: readonly T[]): FieldSchema<T> {
  const advice = `write ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
  return z.string().toLowerCase().pipe(z.enum(words, advice));
}

/** Parts between commas, trimmed; empty parts do not count. */
export function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A comma-separated list without doubles. */
export function list<T extends string>(part: FieldSchema<T>): FieldSchema<readonly T[]> {
  return z
    .string()
    .transform(partsOf)
    .pipe(z.array(part))
    .transform((parts) => [...new Set(parts)]);
}

export const anyText: FieldSchema<string> = z.string();

/** A text that can be the value of a header: no space, no line break, ASCII. */
export const headerSafeSecret: FieldSchema<string> = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'write the key alone, without spaces, line breaks and other than ASCII characters');

/** An address or host name to listen on. */
export const listenHost: FieldSchema<string> = z
  .string()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
  .refine(
    (text) => isIP(text) !== 0 || isHostName(text),
    'write an address or host name: 127.0.0.1, 0.0.0.0, ::, localhost',
  );

/** A web address without query: `https://ai.example.com`, without trailing slash. */
export const webAddress: FieldSchema<string> = fromParser((text) => {
  const url = parseHttpUrl(text);
  if (url.search !== '') throw new InvalidUrlError('leave out the ? and what follows it');
  return plainAddress(url);
});

/** An endpoint that is called as it is written, query included. */
export const endpointUrl: FieldSchema<string> = fromParser((text) => parseHttpUrl(text).href);

/** A userinfo endpoint of OpenID Connect. */
export const userinfoUrl: FieldSchema<string> = fromParser((text) => {
  const url = parseHttpUrl(text);
  // passport-google-oauth20 takes any other path for Google+'s retired format and would read no address from it.
  if (!url.pathname.endsWith('/userinfo')) throw new InvalidUrlError('write an address whose path ends in /userinfo');
  return url.href;
});

/** What a browser sends as `Origin`: scheme, host and port. */
export const browserOrigin: FieldSchema<string> = fromParser((text) => {
  if (text === '*') throw new InvalidUrlError('list each origin, for instance https://app.example.com');
  const url = parseHttpUrl(text);
  if (plainAddress(url) !== url.origin || url.search !== '') {
    throw new InvalidUrlError('write the origin alone, without path: https://app.example.com');
  }
  return url.origin;
});

export const upstreamBaseUrl: FieldSchema<BaseUrl> = fromParser(parseBaseUrl);

/** The base URL of an upstream as a text, the same for all texts that mean the same. */
export const canonicalUpstreamUrl: FieldSchema<string> = fromParser((text) => canonicalBaseUrl(parseBaseUrl(text)));

/** `10.0.0.0/8`; a single address becomes a network of one. */
export const cidr: FieldSchema<string> = z.string().transform((text, context) => {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const widest = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(bits);
  if (version === 0 || address.includes('%') || prefix > widest) {
    context.addIssue('write an address or CIDR: 10.0.0.0/8, 192.168.1.7, fd00::/8');
    return z.NEVER;
  }
  const network = version === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${network.networkAddressFromCIDR(`${address}/${prefix}`).toString()}/${prefix}`;
});

export const emailAddress: FieldSchema<string> = z
  .string()
  .toLowerCase()
  .regex(/^[^\s@]+@[^\s@]+$/, 'write e-mail addresses: ann@example.com');

/** `example.com`, also when it was written `@example.com`. */
export const emailDomain: FieldSchema<string> = z
  .string()
  .toLowerCase()
  .transform((text) => text.replace(/^@/, ''))
  .refine(isHostName, 'write domains: example.com');

/** A header's name in lower case that may go upstream: none that would carry another credential, or break the call. */
export const forwardableHeader: FieldSchema<string> = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'write header names: x-tenant')
  .refine((name) => !isNeverForwarded(name), 'leave it out; this header never goes upstream');

const NEVER_FORWARDED = new Set(
  (
    'cookie set-cookie authorization x-api-key api-key proxy-authorization proxy-authenticate proxy-connection host ' +
    'connection keep-alive te trailer transfer-encoding upgrade expect content-length content-encoding ' +
    'accept-encoding x-real-ip forwarded origin referer'
  ).split(' '),
);

function isNeverForwarded(name: string): boolean {
  return NEVER_FORWARDED.has(name) || name.startsWith('x-gateway-') || name.startsWith('x-forwarded-');
}

function isHostName(text: string): boolean {
  const labels = text.split('.');
  return (
    labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}

function fromParser<T>(parse: (text: string) => T): FieldSchema<T> {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof InvalidUrlError)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
  });
}
