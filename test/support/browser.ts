/** What a browser knows of a cookie. */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

export interface Visit {
  readonly status: number;
  /** Where the browser ended up. */
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
  /** Every `Set-Cookie` on the way. */
  readonly setCookies: readonly string[];
  /** Every address on the way, the last one included. */
  readonly trail: readonly string[];
}

export interface VisitOptions {
  readonly method?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Stops before an address for which this holds; it becomes the visit's `url`. */
  readonly stopAt?: (url: URL) => boolean;
}

const MAX_REDIRECTS = 10;

/** Keeps cookies as browsers do (by host, whatever the port) and follows redirects. */
export class Browser {
  private cookies: Cookie[] = [];

  /** Opens an address as a person does who types it or follows a link. */
  async visit(address: string, options: VisitOptions = {}): Promise<Visit> {
    let url = new URL(address);
    const trail = [url.href];
    const setCookies: string[] = [];
    let { method = 'GET', json } = options;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const answer = await fetch(url, {
        method,
        redirect: 'manual',
        headers: { cookie: this.cookieHeader(url), ...contentType(json), ...options.headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      setCookies.push(...this.keep(answer.headers.getSetCookie(), url));
      const location = answer.headers.get('location');
      const next = location === null ? undefined : new URL(location, url);
      if (!next)
        return { status: answer.status, url, headers: answer.headers, text: await answer.text(), setCookies, trail };
      await answer.arrayBuffer();
      url = next;
      trail.push(url.href);
      [method, json] = ['GET', undefined];
      if (options.stopAt?.(url)) {
        return { status: answer.status, url, headers: answer.headers, text: '', setCookies, trail };
      }
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects: ${trail.join(' → ')}`);
  }

  /** Calls the gateway as a script of its own page does. */
  async fetch(origin: string, path: string, options: VisitOptions = {}): Promise<Visit> {
    const headers = { origin, 'sec-fetch-site': 'same-origin', ...options.headers };
    return this.visit(`${origin}${path}`, { ...options, headers });
  }

  cookie(name: string): string | undefined {
    return this.cookies.find((cookie) => cookie.name === name)?.value;
  }

  /** Puts a cookie in by hand, as an attack would. */
  plant(name: string, value: string, host = '127.0.0.1', path = '/'): void {
    this.cookies = this.cookies.filter((cookie) => cookie.name !== name);
    this.cookies.push({ name, value, host, path });
  }

  clear(): void {
    this.cookies = [];
  }

  private cookieHeader(url: URL): string {
    return this.cookies
      .filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  private keep(lines: readonly string[], url: URL): readonly string[] {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((one) => one.startsWith('Path='))?.slice(5) ?? '/';
      this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.host !== url.hostname);
      const isGone = attributes.includes('Max-Age=0');
      if (!isGone) this.cookies.push({ name, value, host: url.hostname, path });
    }
    return lines;
  }
}

function contentType(json: unknown): Record<string, string> {
  return json === undefined ? {} : { 'content-type': 'application/json' };
}
