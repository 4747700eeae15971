import { Buffer } from 'node:buffer';

const LONGEST_SHOWN = 200;

/** Keys of well-known makers, pasted where they do not belong. */
const KEY_SHAPES = /\b(sk|gw|gsk|xai|pplx|ghp|GOCSPX|AIza)[-_]?[A-Za-z0-9_-]{16,}/g;

/** A secret shorter than this is not searched for in messages: `dev` would mask half of the words. */
const SHORTEST_SEARCHED = 8;

/** How a value may be shown in a message: quoted, on one line, not too long, without passwords, keys and query values. */
export function shownText(value: string): string {
  const masked = value
    .replace(/\/\/.*@/gs, '//***@')
    .replace(/([?&][^=&#\s,]*=)[^&#\s,]+/g, '$1***')
    .replace(KEY_SHAPES, '$1-***');
  return JSON.stringify(masked.length > LONGEST_SHOWN ? `${masked.slice(0, LONGEST_SHOWN)}…` : masked);
}

/** A secret tells its length only, which is what is usually wrong with it. */
export function shownSecret(value: string): string {
  return `*** (${Buffer.byteLength(value)} bytes)`;
}

/** Replaces the given secrets wherever they stand in a text, for instance in a URL that somebody put a key into. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SEARCHED)
    .toSorted((a, b) => b.length - a.length)
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text);
}
