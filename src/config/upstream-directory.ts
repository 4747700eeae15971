import { canonicalBaseUrl, isOpenAiHost, parseBaseUrl, type BaseUrl } from './base-url.js';
import type { EnvironmentReader } from './environment-reader.js';
import { upstreamBaseUrl } from './field-schemas.js';
import { InvalidUrlError } from './http-url.js';
import { upstreamNameInVariables, variableOfUpstream } from './variables.js';

/** An upstream before it is known which credential it gets. */
export interface UpstreamAddress extends BaseUrl {
  readonly name: string;
  readonly isDefault: boolean;
}

const UPSTREAM_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/** The upstreams by name while they are collected. No two names give the same variable for a key. */
export class UpstreamDirectory {
  readonly #default: UpstreamAddress;
  readonly #others: UpstreamAddress[] = [];
  readonly #names = new Map<string, string>();
  readonly #isDemoOn: boolean;

  constructor(defaultName: string, address: BaseUrl, isDemoOn: boolean) {
    this.#isDemoOn = isDemoOn;
    this.#default = { ...address, name: defaultName, isDefault: true };
    this.reserve(defaultName);
  }

  /** The default upstream first. */
  get all(): readonly [UpstreamAddress, ...UpstreamAddress[]] {
    return [this.#default, ...this.#others];
  }

  /** Names of all upstreams, and reserved ones. */
  get names(): readonly string[] {
    return [...this.#names.values()];
  }

  /** The name means the embedded demo model. */
  isOfDemo(name: string): boolean {
    return this.#isDemoOn && name.toLowerCase() === 'demo';
  }

  /** The name that takes this one: the same, or one whose key would be in the same variable. */
  clashOf(name: string): string | undefined {
    return this.#names.get(upstreamNameInVariables(name));
  }

  /** Takes a name without an upstream behind it. */
  reserve(name: string): void {
    this.#names.set(upstreamNameInVariables(name), name);
  }

  add(name: string, address: BaseUrl): void {
    this.reserve(name);
    this.#others.push({ ...address, name, isDefault: false });
  }

  /** The name of the upstream at an address; a new address makes one that is named after its host. */
  nameOf(address: BaseUrl): string {
    const same = this.all.find((upstream) => canonicalBaseUrl(upstream) === canonicalBaseUrl(address));
    if (same !== undefined) return same.name;
    let name = address.host;
    for (let count = 2; this.clashOf(name) !== undefined || this.isOfDemo(name); count += 1)
      name = `${address.host}-${count}`;
    this.add(name, address);
    return name;
  }
}

/** Reads the default upstream and the named ones. The name of a bad address is reserved, so that routes to it are not blamed. */
export function readUpstreamDirectory(reader: EnvironmentReader, isDemoOn: boolean): UpstreamDirectory {
  const address = reader.read('AI_GATEWAY_UPSTREAM', upstreamBaseUrl);
  const directory = new UpstreamDirectory(isOpenAiHost(address.host) ? 'openai' : 'default', address, isDemoOn);
  if (reader.isBad('AI_GATEWAY_UPSTREAM')) directory.reserve('default');
  for (const entry of reader.parts('AI_GATEWAY_UPSTREAMS')) addNamed(reader, directory, entry);
  return directory;
}

function addNamed(reader: EnvironmentReader, directory: UpstreamDirectory, entry: string): void {
  const [, name = '', address = ''] = /^\s*([^=]*?)\s*=\s*(.*)$/.exec(entry) ?? [];
  const advice = adviceOnName(name, directory);
  if (advice !== undefined) {
    reader.reject('AI_GATEWAY_UPSTREAMS', advice, entry);
    return;
  }
  try {
    directory.add(name, parseBaseUrl(address));
  } catch (error) {
    if (!(error instanceof InvalidUrlError)) throw error;
    directory.reserve(name);
    reader.reject('AI_GATEWAY_UPSTREAMS', error.message, entry);
  }
}

function adviceOnName(name: string, directory: UpstreamDirectory): string | undefined {
  if (!UPSTREAM_NAME.test(name)) {
    return 'write name=address, the name of letters, digits, ".", "_" and "-": local=http://localhost:8080/v1';
  }
  if (directory.isOfDemo(name)) {
    return 'take another name, or set AI_GATEWAY_DEMO=false; demo is the embedded demo model';
  }
  const clash = directory.clashOf(name);
  if (clash === undefined) return undefined;
  const owner = directory.all[0].name === clash ? 'the default upstream (AI_GATEWAY_UPSTREAM)' : 'another upstream';
  return clash === name
    ? `take another name; ${owner} has this one`
    : `take another name; ${owner} is "${clash}", and the key of both would be ${variableOfUpstream(name)}`;
}
