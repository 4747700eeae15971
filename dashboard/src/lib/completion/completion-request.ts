/** One part of a message's content. */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly ContentPart[];
}

/** What the reader may turn; `null` leaves the provider's own default. */
export interface Parameters {
  readonly system: string;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly maxTokens: number | null;
}

export const noParameters: Parameters = { system: '', temperature: null, topP: null, maxTokens: null };

/** The body of `POST /v1/chat/completions`. Absent parameters are not sent: some models refuse them. */
export function completionBody(model: string, messages: readonly WireMessage[], parameters: Parameters): object {
  const system: readonly WireMessage[] = parameters.system.trim()
    ? [{ role: 'system', content: parameters.system }]
    : [];
  return {
    model,
    messages: [...system, ...messages],
    stream: true,
    stream_options: { include_usage: true },
    ...(parameters.temperature === null ? {} : { temperature: parameters.temperature }),
    ...(parameters.topP === null ? {} : { top_p: parameters.topP }),
    ...(parameters.maxTokens === null ? {} : { max_tokens: parameters.maxTokens }),
  };
}
