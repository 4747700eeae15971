/** What is sent while nothing else is, so that proxies and clients keep the connection. */
export const KEEP_ALIVE_COMMENT = ': keep-alive\n\n';

/** The end of a stream in OpenAI's chat and completions format. */
export const DONE_EVENT = 'data: [DONE]\n\n';

export interface SseFields {
  readonly data: string;
  readonly event?: string | undefined;
  readonly id?: string | undefined;
}

/**
 * Writes one server-sent event, ended by a blank line. A `data` of several lines becomes several data lines; line
 * breaks in `event` and `id` become spaces, because they would start another field.
 */
export function encodeSseEvent({ data, event, id }: SseFields): string {
  let text = '';
  if (event !== undefined) text += `event: ${toOneLine(event)}\n`;
  if (id !== undefined) text += `id: ${toOneLine(id)}\n`;
  if (!/[\r\n]/.test(data)) return `${text}data: ${data}\n\n`;
  for (const line of data.split(/\r\n|\r|\n/)) text += `data: ${line}\n`;
  return `${text}\n`;
}

function toOneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ');
}
