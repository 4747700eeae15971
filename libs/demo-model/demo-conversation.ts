export interface DemoTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, as the caller wrote it. */
  readonly parameters: unknown;
}

export interface DemoToolResult {
  readonly name: string;
  readonly text: string;
}

export type DemoToolChoice =
  { readonly kind: 'auto' } | { readonly kind: 'none' } | { readonly kind: 'required' } | NamedToolChoice;

export interface NamedToolChoice {
  readonly kind: 'named';
  readonly name: string;
}

export type DemoFormat =
  { readonly kind: 'text' } | { readonly kind: 'json' } | { readonly kind: 'schema'; readonly schema: unknown };

/** What the demo model reads of a request, whatever API it came by. */
export interface DemoConversation {
  /** The last thing the user said, at most 4,000 characters of it. */
  readonly prompt: string;
  /** Images of that last message. */
  readonly imageCount: number;
  /** Results of tools, when they are what the conversation ends with. */
  readonly toolResults: readonly DemoToolResult[];
  readonly tools: readonly DemoTool[];
  readonly toolChoice: DemoToolChoice;
  readonly allowsParallelCalls: boolean;
  readonly format: DemoFormat;
  readonly inputTokens: number;
}

export interface DemoToolCall {
  readonly name: string;
  /** JSON text of an object. */
  readonly arguments: string;
}

/** What the demo model has to say: a text, or calls of tools. */
export interface DemoOutput {
  readonly text: string;
  readonly toolCalls: readonly DemoToolCall[];
}

export const MAX_PROMPT_CHARACTERS = 4_000;
export const MAX_TOOLS = 128;
