import { findCalculation } from './arithmetic.js';
import { chooseToolCalls } from './choose-tools.js';
import type { DemoConversation, DemoOutput } from './demo-conversation.js';
import { CODE, GREETING, INTRODUCTION, LIST, MARKDOWN, STORY, TABLE } from './demo-texts.js';
import { valueFromSchema } from './value-from-schema.js';

interface AnswerRule {
  readonly matches: (prompt: string) => boolean;
  readonly answer: (prompt: string) => string;
}

const REPEAT =
  /^\s*(?:please\s+)?(?:echo|repeat|say|reply with|answer with|respond with)\b(?:\s+(?:after me|exactly|only|just|this|the words?))*\s*:?\s*(.+)$/is;
const REVERSE = /\breverse\b(?:\s+(?:this|the (?:text|words?|string)))?\s*:?\s*(.+)$/is;

/** The rules of the demo model; the first that matches answers. */
const RULES: readonly AnswerRule[] = [
  { matches: (prompt) => prompt.trim() === '', answer: () => GREETING },
  { matches: (prompt) => REPEAT.test(prompt), answer: (prompt) => unquoted(REPEAT.exec(prompt)?.[1] ?? '') },
  {
    matches: (prompt) => REVERSE.test(prompt),
    answer: (prompt) => reversed(unquoted(REVERSE.exec(prompt)?.[1] ?? '')),
  },
  {
    matches: says(/\b(?:stor(?:y|ies)|essay|long|longer|in detail|novel|fairy ?tale|\d{3,} words)\b/),
    answer: storyFor,
  },
  {
    matches: says(/\b(?:code|function|program|script|snippet|class|query|sql|regex|algorithm|fibonacci)\b/),
    answer: codeFor,
  },
  { matches: says(/\b(?:markdown|format(?:ting)?|headings?)\b/), answer: () => MARKDOWN },
  { matches: says(/\btables?\b/), answer: () => TABLE },
  { matches: says(/\b(?:list|bullets?|steps)\b/), answer: () => LIST },
  { matches: (prompt) => findCalculation(prompt) !== null, answer: sumFor },
  {
    matches: says(
      /\b(?:who|what) are you\b|\bwhat is this\b|\byour name\b|\bhelp\b|\bwhat can you\b|\bcosts?\b|\bdemo\b|\bgateway\b/,
    ),
    answer: () => INTRODUCTION,
  },
  {
    matches: says(/^\W*(?:hi|hello|hey|hallo|ciao|hola|salut|good (?:morning|day|evening)|greetings|yo)\b/),
    answer: () => GREETING,
  },
  { matches: says(/\b(?:thanks|thank you|cheers)\b/), answer: () => 'You are welcome! It cost nothing, by the way.' },
  { matches: () => true, answer: otherwise },
];

/**
 * What the demo model answers, by fixed rules: the same conversation always gives the same answer.
 * @param choice index of the answer when several are asked for; the further ones say which they are
 */
export function composeOutput(conversation: DemoConversation, choice = 0): DemoOutput {
  const toolCalls = chooseToolCalls(conversation);
  if (toolCalls.length > 0) return { text: '', toolCalls };
  const text = answerText(conversation);
  const isPlain = conversation.format.kind === 'text';
  return { text: choice > 0 && isPlain ? `${text}\n\n(This is answer ${choice + 1}.)` : text, toolCalls: [] };
}

function answerText(conversation: DemoConversation): string {
  const { format, prompt, toolResults, imageCount } = conversation;
  switch (format.kind) {
    case 'schema':
      return JSON.stringify(valueFromSchema(format.schema, prompt));
    case 'json':
      return JSON.stringify({ model: 'demo', answer: plainAnswer(prompt), prompt: prompt.slice(0, 200) });
    case 'text':
      if (toolResults.length > 0) return toolAnswer(conversation);
      return imageCount > 0 ? imageAnswer(imageCount, prompt) : plainAnswer(prompt);
  }
}

function plainAnswer(prompt: string): string {
  const rule = RULES.find(({ matches }) => matches(prompt));
  return rule === undefined ? GREETING : rule.answer(prompt);
}

function toolAnswer({ toolResults }: DemoConversation): string {
  const lines = toolResults.map(({ name, text }) => `- \`${name}\` answered: ${text.slice(0, 500)}`);
  return `Here is what came back:\n\n${lines.join('\n')}`;
}

function imageAnswer(count: number, prompt: string): string {
  const images = count === 1 ? 'an image' : `${count} images`;
  const said = prompt.trim() === '' ? '' : ` and wrote: "${prompt.trim().slice(0, 200)}"`;
  return `You sent me ${images}${said}. It arrived whole, but as the demo model I cannot see; a real vision model would describe it here.`;
}

function says(pattern: RegExp): (prompt: string) => boolean {
  return (prompt) => pattern.test(prompt.toLowerCase());
}

function unquoted(text: string): string {
  return text.trim().replace(/^["'“`](.*)["'”`][.!]?$/s, '$1');
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

function storyFor(): string {
  return ['# The light and the bell', ...STORY].join('\n\n');
}

function codeFor(prompt: string): string {
  const said = prompt.toLowerCase();
  const aliases: Readonly<Record<string, string>> = { shell: 'bash', golang: 'go', query: 'sql', js: 'javascript' };
  const alias = Object.keys(aliases).find((name) => new RegExp(`\\b${name}\\b`).test(said));
  const named = Object.keys(CODE).find((name) => new RegExp(`\\b${name}\\b`).test(said));
  const language = named ?? (alias === undefined ? 'typescript' : (aliases[alias] ?? 'typescript'));
  return `Here is an example in ${language}:\n\n\`\`\`${language}\n${CODE[language] ?? ''}\n\`\`\`\n\nCopy it, and change it as you like.`;
}

function sumFor(prompt: string): string {
  const calculation = findCalculation(prompt);
  if (calculation === null) return otherwise(prompt);
  return `${calculation.expression} = **${Number(calculation.value.toPrecision(12))}**`;
}

function otherwise(prompt: string): string {
  const question = prompt.trim().slice(0, 300);
  return `You said: "${question}"

I am the demo model inside the gateway: I only follow a few rules, so I cannot really answer that. Choose a real model for it, or ask me for a **table**, some **code**, a **sum** or a **long story** to see how answers stream.`;
}
