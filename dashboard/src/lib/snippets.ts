/** What a program is connected with. */
export type Tool = 'curl' | 'python' | 'node' | 'langchain' | 'claude-code' | 'cursor';

export const toolNames: Readonly<Record<Tool, string>> = {
  curl: 'curl',
  python: 'Python',
  node: 'Node',
  langchain: 'LangChain',
  'claude-code': 'Claude Code',
  cursor: 'Cursor',
};

/**
 * The key in a snippet: itself, right after it was made; a variable where only its end is known; or none, where the
 * gateway is open and the caller's own provider is paid.
 */
export type SnippetKey = { readonly kind: 'whole'; readonly key: string } | { readonly kind: 'masked' | 'own' };

export interface SnippetInput {
  /** The gateway's address without a path: `https://ai.example.com`. */
  readonly address: string;
  readonly key: SnippetKey;
  readonly model: string;
}

export interface Snippet {
  readonly text: string;
  readonly language: 'bash' | 'python' | 'javascript' | 'text';
  /** What has to be done before, or known besides. */
  readonly note: string | null;
}

const QUESTION = 'Say hello in five words.';
const VARIABLES = { masked: 'AI_GATEWAY_KEY', own: 'OPENAI_API_KEY' } as const;

export function snippetFor(tool: Tool, input: SnippetInput): Snippet {
  switch (tool) {
    case 'curl':
      return { text: curl(input), language: 'bash', note: variableNote(input) };
    case 'python':
      return { text: python(input), language: 'python', note: install('pip install openai', input) };
    case 'node':
      return { text: node(input), language: 'javascript', note: install('npm install openai', input) };
    case 'langchain':
      return {
        text: langchain(input),
        language: 'javascript',
        note: install('npm install @langchain/openai @langchain/core', input),
      };
    case 'claude-code':
      return { text: claudeCode(input), language: 'bash', note: variableNote(input) };
    case 'cursor':
      return {
        text: cursor(input),
        language: 'text',
        note: 'Settings, Models. Cursor calls from its own servers: they must reach this address.',
      };
  }
}

function curl({ address, key, model }: SnippetInput): string {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: QUESTION }] });
  const lines = [`curl ${address}/v1/chat/completions`];
  if (!isFree(key, model)) lines.push(`-H "Authorization: Bearer ${inShell(key)}"`);
  return [...lines, `-H "Content-Type: application/json"`, `-d ${quoted(body)}`].join(' \\\n  ');
}

function python({ address, key, model }: SnippetInput): string {
  const value = inCode(key, model, (name) => `os.environ["${name}"]`);
  return `${value.startsWith('os.') ? 'import os\n\n' : ''}from openai import OpenAI

client = OpenAI(base_url="${address}/v1", api_key=${value})
answer = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[{"role": "user", "content": "${QUESTION}"}],
)
print(answer.choices[0].message.content)`;
}

function node({ address, key, model }: SnippetInput): string {
  return `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${address}/v1', apiKey: ${inCode(key, model, processEnv)} });
const answer = await client.chat.completions.create({
  model: ${JSON.stringify(model)},
  messages: [{ role: 'user', content: '${QUESTION}' }],
});
console.log(answer.choices[0].message.content);`;
}

function langchain({ address, key, model }: SnippetInput): string {
  return `import { ChatOpenAI } from '@langchain/openai';

const chat = new ChatOpenAI({
  model: ${JSON.stringify(model)},
  apiKey: ${inCode(key, model, processEnv)},
  configuration: { baseURL: '${address}/v1' },
});
const answer = await chat.invoke('${QUESTION}');
console.log(answer.content);`;
}

function claudeCode({ address, key, model }: SnippetInput): string {
  const token = key.kind === 'own' ? (isFree(key, model) ? 'none' : '$ANTHROPIC_API_KEY') : inShell(key);
  return [
    `export ANTHROPIC_BASE_URL="${address}"`,
    `export ANTHROPIC_AUTH_TOKEN="${token}"`,
    `export ANTHROPIC_MODEL=${quoted(model)}`,
    'claude',
  ].join('\n');
}

function cursor({ address, key, model }: SnippetInput): string {
  return [
    `OpenAI API Key            ${key.kind === 'whole' ? key.key : key.kind === 'masked' ? 'your gw- key' : 'your provider’s key'}`,
    `Override OpenAI Base URL  ${address}/v1`,
    `Add model                 ${model}`,
  ].join('\n');
}

/** The demo model asks for no key, and an SDK that insists gets a word. */
function isFree(key: SnippetKey, model: string): boolean {
  return key.kind === 'own' && (model === 'demo' || model.startsWith('demo/'));
}

function inShell(key: SnippetKey): string {
  return key.kind === 'whole' ? key.key : `$${VARIABLES[key.kind]}`;
}

function inCode(key: SnippetKey, model: string, read: (name: string) => string): string {
  if (key.kind === 'whole') return JSON.stringify(key.key);
  return isFree(key, model) ? '"none"' : read(VARIABLES[key.kind]);
}

function processEnv(name: string): string {
  return `process.env.${name}`;
}

function install(command: string, input: SnippetInput): string {
  const variable = variableNote(input);
  return variable ? `${command} · ${variable}` : command;
}

function variableNote({ key, model }: SnippetInput): string | null {
  if (key.kind === 'masked') return 'The key was shown once: put it into AI_GATEWAY_KEY.';
  if (key.kind === 'own' && !isFree(key, model)) return 'The key goes on to the provider as it is.';
  return null;
}

/** One argument for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
