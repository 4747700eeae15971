import { readContent } from './content-parts.js';
import { PromptCounter } from './count-pieces.js';
import {
  type DemoConversation,
  type DemoFormat,
  type DemoToolResult,
  MAX_PROMPT_CHARACTERS,
  MAX_TOOLS,
} from './demo-conversation.js';
import { readToolChoice, toDemoTool } from './read-chat.js';
import { type JsonRecord, listOf, recordOf, textOf } from './read-json.js';

const TOKENS_PER_ITEM = 4;

/** Reads the body of `POST /responses`. */
export function readResponses(body: JsonRecord): DemoConversation {
  const counter = new PromptCounter();
  counter.add(textOf(body['instructions']));
  const { input } = body;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : listOf(input);
  let prompt = '';
  let imageCount = 0;
  let toolResults: DemoToolResult[] = [];
  const toolNames = new Map<string, string>();
  for (const entry of items) {
    const item = recordOf(entry);
    counter.addOverhead(TOKENS_PER_ITEM);
    if (item['type'] === 'function_call') {
      toolNames.set(textOf(item['call_id']), textOf(item['name']));
      counter.add(textOf(item['arguments']));
    } else if (item['type'] === 'function_call_output') {
      const { text } = readContent(item['output'], counter);
      toolResults.push({ name: toolNames.get(textOf(item['call_id'])) ?? 'tool', text });
    } else {
      const content = readContent(item['content'], counter);
      if (item['role'] !== 'user') continue;
      prompt = content.text;
      imageCount = content.imageCount;
      toolResults = [];
    }
  }
  const tools = listOf(body['tools'])
    .slice(0, MAX_TOOLS)
    .map((tool) => recordOf(tool))
    .filter((tool) => tool['type'] === 'function' && textOf(tool['name']) !== '')
    .map((tool) => toDemoTool(tool, tool['parameters'], counter));
  return {
    prompt: prompt.slice(0, MAX_PROMPT_CHARACTERS),
    imageCount,
    toolResults,
    tools,
    toolChoice: readToolChoice(body['tool_choice']),
    allowsParallelCalls: body['parallel_tool_calls'] !== false,
    format: readFormat(recordOf(recordOf(body['text'])['format'])),
    inputTokens: counter.total,
  };
}

function readFormat(format: JsonRecord): DemoFormat {
  if (format['type'] === 'json_object') return { kind: 'json' };
  if (format['type'] === 'json_schema') return { kind: 'schema', schema: format['schema'] };
  return { kind: 'text' };
}
