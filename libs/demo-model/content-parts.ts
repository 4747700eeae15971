import type { PromptCounter } from './count-pieces.js';
import { isRecord, listOf, textOf } from './read-json.js';

export interface Content {
  readonly text: string;
  readonly imageCount: number;
}

const IMAGE_TYPES = new Set(['image_url', 'input_image', 'image']);

/**
 * Text and images of a message's content, a string or a list of parts in the words of any of the three APIs, and counts
 * them. Other parts are left out.
 */
export function readContent(content: unknown, counter: PromptCounter): Content {
  if (typeof content === 'string') {
    counter.add(content);
    return { text: content, imageCount: 0 };
  }
  const texts: string[] = [];
  let imageCount = 0;
  for (const part of listOf(content)) {
    if (!isRecord(part)) continue;
    if (IMAGE_TYPES.has(textOf(part['type']))) {
      imageCount += 1;
      counter.addImage();
    } else if (typeof part['text'] === 'string') {
      texts.push(part['text']);
      counter.add(part['text']);
    }
  }
  return { text: texts.join('\n'), imageCount };
}
