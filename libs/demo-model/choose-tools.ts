import type { DemoConversation, DemoTool, DemoToolCall } from './demo-conversation.js';
import { valueFromSchema } from './value-from-schema.js';

// Words that are in the name or description of every other tool and say nothing about what it is for.
const EMPTY_WORDS = new Set(
  'the and for with from that this get set make call tool function returns return current given use used when user about'.split(
    ' ',
  ),
);

/**
 * The tools that the demo model calls: the one it must, the ones that the prompt names, or the one whose name or
 * description has a word in common with the prompt. It calls none after it has a result, unless it must.
 */
export function chooseToolCalls(conversation: DemoConversation): readonly DemoToolCall[] {
  const { tools, prompt, allowsParallelCalls } = conversation;
  return chosenTools(conversation)
    .slice(0, allowsParallelCalls ? tools.length : 1)
    .map((tool) => ({ name: tool.name, arguments: JSON.stringify(argumentsFor(tool, prompt)) }));
}

function chosenTools({ tools, toolChoice, prompt, toolResults }: DemoConversation): readonly DemoTool[] {
  switch (toolChoice.kind) {
    case 'none':
      return [];
    case 'named':
      return tools.filter((tool) => tool.name === toolChoice.name).slice(0, 1);
    case 'required':
      return wantedTools(tools, prompt, tools.slice(0, 1));
    case 'auto':
      return toolResults.length > 0 ? [] : wantedTools(tools, prompt, []);
  }
}

function wantedTools(tools: readonly DemoTool[], prompt: string, otherwise: readonly DemoTool[]): readonly DemoTool[] {
  const said = prompt.toLowerCase();
  const named = tools.filter((tool) => tool.name !== '' && said.includes(tool.name.toLowerCase()));
  if (named.length > 0) return named;
  const saidWords = new Set(wordsOf(said));
  const related =
    tools.find((tool) => wordsOf(tool.name).some((word) => saidWords.has(word))) ??
    tools.find((tool) => wordsOf(tool.description).some((word) => saidWords.has(word)));
  if (related !== undefined) return [related];
  const asksForAny = /\b(?:use|call|try)\b.{0,40}\b(?:tools?|functions?)\b/.test(said);
  return asksForAny ? tools.slice(0, 1) : otherwise;
}

function wordsOf(text: string): readonly string[] {
  const words =
    text
      .slice(0, 2_000)
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}]{3,}/gu) ?? [];
  return words.filter((word) => !EMPTY_WORDS.has(word));
}

function argumentsFor(tool: DemoTool, prompt: string): unknown {
  const value = valueFromSchema(tool.parameters ?? { type: 'object' }, prompt);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
