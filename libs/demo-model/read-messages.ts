import { readContent } from './content-parts.js';
import { PromptCounter } from './count-pieces.js';
import {
  type DemoConversation,
  type DemoToolChoice,
  type DemoToolResult,
  MAX_PROMPT_CHARACTERS,
  MAX_TOOLS,
} from './demo-conversation.js';
import { toDemoTool } from './read-chat.js';
import { type JsonRecord, listOf, recordOf, textOf } from './read-json.js';

const TOKENS_PER_MESSAGE = 4;

/** Reads the body of Anthropic's `POST /messages`. */
export function readMessages(body: JsonRecord): DemoConversation {
  const counter = new PromptCounter();
  readContent(body['system'], counter);
  let prompt = '';
  let imageCount = 0;
  let toolResults: DemoToolResult[] = [];
  const toolNames = new Map<string, string>();
  for (const entry of listOf(body['messages'])) {
    const message = recordOf(entry);
    counter.addOverhead(TOKENS_PER_MESSAGE);
    const content = readContent(message['content'], counter);
    for (const block of listOf(message['content'])) rememberCall(recordOf(block), toolNames, counter);
    if (message['role'] !== 'user') continue;
    toolResults = listOf(message['content']).flatMap((block) => readResult(recordOf(block), toolNames, counter));
    // A message that holds results of tools continues the question asked before it.
    if (toolResults.length > 0 && content.text === '') continue;
    prompt = content.text;
    imageCount = content.imageCount;
  }
  const tools = listOf(body['tools'])
    .slice(0, MAX_TOOLS)
    .map((tool) => recordOf(tool))
    .filter((tool) => textOf(tool['name']) !== '')
    .map((tool) => toDemoTool(tool, tool['input_schema'], counter));
  const choice = recordOf(body['tool_choice']);
  return {
    prompt: prompt.slice(0, MAX_PROMPT_CHARACTERS),
    imageCount,
    toolResults,
    tools,
    toolChoice: readChoice(choice),
    allowsParallelCalls: choice['disable_parallel_tool_use'] !== true,
    format: { kind: 'text' },
    inputTokens: counter.total,
  };
}

function rememberCall(block: JsonRecord, names: Map<string, string>, counter: PromptCounter): void {
  if (block['type'] !== 'tool_use') return;
  names.set(textOf(block['id']), textOf(block['name']));
  counter.add(JSON.stringify(block['input'] ?? {}));
}

function readResult(block: JsonRecord, names: Map<string, string>, counter: PromptCounter): DemoToolResult[] {
  if (block['type'] !== 'tool_result') return [];
  const { text } = readContent(block['content'], counter);
  return [{ name: names.get(textOf(block['tool_use_id'])) ?? 'tool', text }];
}

function readChoice(choice: JsonRecord): DemoToolChoice {
  switch (choice['type']) {
    case 'any':
      return { kind: 'required' };
    case 'tool':
      return { kind: 'named', name: textOf(choice['name']) };
    case 'none':
      return { kind: 'none' };
    default:
      return { kind: 'auto' };
  }
}
