/** An address cannot be used; the message says what to write instead and never repeats the address. */
export class InvalidUrlError extends Error {
  override readonly name = 'InvalidUrlError';
}

/**
 * Parses an absolute `http:` or `https:` URL without credentials and fragment.
 * @throws {InvalidUrlError} with the advice as its message
 */
export function parseHttpUrl(text: string): URL {
  if (!/^https?:\/\//i.test(text)) throw new InvalidUrlError('write an address that begins with http:// or https://');
  // The URL parser would drop or rewrite these silently.
  if (/[\s\\]/.test(text)) throw new InvalidUrlError('write the address without spaces and backslashes');
  if (!URL.canParse(text)) throw new InvalidUrlError('write a valid address: https://host, https://host/path');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new InvalidUrlError(
      'leave user name and password out of the address; credentials have variables of their own',
    );
  }
  if (text.includes('#')) throw new InvalidUrlError('leave out the # and what follows it');
  return url;
}

/** An address without query and without trailing slash. */
export function plainAddress(url: URL): string {
  return url.origin + url.pathname.replace(/\/+$/, '');
}
