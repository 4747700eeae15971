/** Hosts (and their subdomains) by the provider id under which the price catalogue knows them. */
const PROVIDERS_BY_HOST: Readonly<Record<string, string>> = {
  'api.openai.com': 'openai',
  'openai.azure.com': 'azure',
  'cognitiveservices.azure.com': 'azure',
  'services.ai.azure.com': 'azure',
  'api.anthropic.com': 'anthropic',
  'openrouter.ai': 'openrouter',
  'generativelanguage.googleapis.com': 'google',
  'aiplatform.googleapis.com': 'google',
  'api.groq.com': 'groq',
  'api.mistral.ai': 'mistral',
  'codestral.mistral.ai': 'mistral',
  'api.deepseek.com': 'deepseek',
  'api.x.ai': 'x-ai',
  'api.together.xyz': 'together',
  'api.together.ai': 'together',
  'api.fireworks.ai': 'fireworks',
  'api.cerebras.ai': 'cerebras',
  'api.cohere.ai': 'cohere',
  'api.cohere.com': 'cohere',
  'api.novita.ai': 'novita',
  'api.perplexity.ai': 'perplexity',
  'api.moonshot.ai': 'moonshotai',
  'api.moonshot.cn': 'moonshotai',
  'api.avian.io': 'avian',
};

const BEDROCK_HOST = /^bedrock-(?:runtime|mantle)(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com|api\.aws)$/;
const VERTEX_HOST = /^[a-z0-9-]+-aiplatform\.googleapis\.com$/;

/**
 * Who sells what this address serves. Whole labels are compared, so `api.openai.com.example` is nobody's.
 * @param baseUrl an upstream's base URL; `azure+https://…` says Azure where the host does not
 * @returns the catalogue's provider id, or null for local and unknown hosts: whoever answers there sets the price
 */
export function providerOfBaseUrl(baseUrl: string): string | null {
  const known = knownProviders.get(baseUrl);
  if (known !== undefined) return known;
  const provider = readProvider(baseUrl);
  if (knownProviders.size >= MAX_KNOWN) knownProviders.clear();
  knownProviders.set(baseUrl, provider);
  return provider;
}

/** Every call asks, and an installation has few addresses; those that people save must not add up. */
const knownProviders = new Map<string, string | null>();
const MAX_KNOWN = 1_000;

function readProvider(baseUrl: string): string | null {
  if (/^azure\+https?:/i.test(baseUrl)) return 'azure';
  if (!URL.canParse(baseUrl)) return null;
  const host = new URL(baseUrl).hostname.toLowerCase().replace(/\.$/, '');
  if (BEDROCK_HOST.test(host)) return 'aws';
  if (VERTEX_HOST.test(host)) return 'google';
  for (let suffix = host; suffix !== ''; suffix = suffix.slice(suffix.indexOf('.') + 1)) {
    if (Object.hasOwn(PROVIDERS_BY_HOST, suffix)) return PROVIDERS_BY_HOST[suffix] ?? null;
    if (!suffix.includes('.')) return null;
  }
  return null;
}
