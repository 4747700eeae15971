import { readContent } from './content-parts.js';
import { PromptCounter } from './count-pieces.js';
import {
  type DemoConversation,
  type DemoFormat,
  type DemoTool,
  type DemoToolChoice,
  type DemoToolResult,
  MAX_PROMPT_CHARACTERS,
  MAX_TOOLS,
} from './demo-conversation.js';
import { type JsonRecord, listOf, recordOf, textOf } from './read-json.js';

const TOKENS_PER_MESSAGE = 4;

/** Reads the body of `POST /chat/completions`. */
export function readChat(body: JsonRecord): DemoConversation {
  const counter = new PromptCounter();
  let prompt = '';
  let imageCount = 0;
  let toolResults: DemoToolResult[] = [];
  const toolNames = new Map<string, string>();
  for (const entry of listOf(body['messages'])) {
    const message = recordOf(entry);
    counter.addOverhead(TOKENS_PER_MESSAGE);
    const content = readContent(message['content'], counter);
    if (message['role'] === 'user') {
      prompt = content.text;
      imageCount = content.imageCount;
      toolResults = [];
    } else if (message['role'] === 'tool') {
      toolResults.push({ name: toolNames.get(textOf(message['tool_call_id'])) ?? 'tool', text: content.text });
    } else {
      rememberCalls(message, toolNames, counter);
    }
  }
  const tools = readFunctionTools(body, counter);
  return {
    prompt: prompt.slice(0, MAX_PROMPT_CHARACTERS),
    imageCount,
    toolResults,
    tools,
    toolChoice: readToolChoice(body['tool_choice']),
    allowsParallelCalls: body['parallel_tool_calls'] !== false,
    format: readFormat(recordOf(body['response_format'])),
    inputTokens: counter.total,
  };
}

function rememberCalls(message: JsonRecord, names: Map<string, string>, counter: PromptCounter): void {
  for (const entry of listOf(message['tool_calls'])) {
    const call = recordOf(entry);
    const called = recordOf(call['function']);
    names.set(textOf(call['id']), textOf(called['name']));
    counter.add(textOf(called['name']));
    counter.add(textOf(called['arguments']));
  }
}

function readFunctionTools(body: JsonRecord, counter: PromptCounter): DemoTool[] {
  return listOf(body['tools'])
    .slice(0, MAX_TOOLS)
    .map((tool) => recordOf(recordOf(tool)['function']))
    .filter((tool) => textOf(tool['name']) !== '')
    .map((tool) => toDemoTool(tool, tool['parameters'], counter));
}

export function toDemoTool(tool: JsonRecord, parameters: unknown, counter: PromptCounter): DemoTool {
  const name = textOf(tool['name']);
  const description = textOf(tool['description']);
  counter.add(name);
  counter.add(description);
  counter.add(JSON.stringify(parameters ?? {}));
  return { name, description, parameters };
}

/** Reads `tool_choice`: a word, or an object that names a function (nested as chat has it, flat as Responses has it). */
export function readToolChoice(choice: unknown): DemoToolChoice {
  if (choice === 'none' || choice === 'required') return { kind: choice };
  const named = recordOf(choice);
  const name = textOf(recordOf(named['function'])['name']) || textOf(named['name']);
  return name === '' ? { kind: 'auto' } : { kind: 'named', name };
}

function readFormat(format: JsonRecord): DemoFormat {
  if (format['type'] === 'json_object') return { kind: 'json' };
  if (format['type'] === 'json_schema') return { kind: 'schema', schema: recordOf(format['json_schema'])['schema'] };
  return { kind: 'text' };
}
