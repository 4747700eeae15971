import type { Attachment } from '../../lib/conversations/conversation.js';
import { newId } from '../../lib/ids.js';

const LONGEST_SIDE = 2048;
const MAX_TEXT_BYTES = 1_000_000;
const PICTURE = /^image\/(png|jpeg|gif|webp|bmp|avif)$/;

/** A file that cannot be attached; the message names it and says why. */
export class FileRefusedError extends Error {
  override readonly name = 'FileRefusedError';
}

/**
 * Makes an attachment of a file: pictures are drawn anew, at most 2048 px and without what cameras write into them;
 * text is UTF-8 of at most 1 MB.
 * @throws {FileRefusedError} for anything else
 */
export async function toAttachment(file: File): Promise<Attachment> {
  if (PICTURE.test(file.type)) return redraw(file);
  if (file.size > MAX_TEXT_BYTES) throw new FileRefusedError(`${file.name} is larger than 1 MB.`);
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === null) throw new FileRefusedError(`${file.name} is neither a picture nor UTF-8 text.`);
  return { id: newId(), kind: 'text', name: file.name, text };
}

/** A text too long for the composer, as a file. */
export function textAttachment(text: string, name = 'pasted.txt'): Attachment {
  return { id: newId(), kind: 'text', name, text };
}

function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null; // A null byte: binary, whatever its name.
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // Not UTF-8.
  }
}

async function redraw(file: File): Promise<Attachment> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) throw new FileRefusedError(`${file.name} is no picture that this browser can read.`);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  // Photographs stay small; drawings and screenshots stay sharp.
  const dataUrl = file.type === 'image/jpeg' ? canvas.toDataURL('image/jpeg', 0.9) : canvas.toDataURL('image/png');
  return {
    id: newId(),
    kind: 'image',
    name: file.name || 'picture.png',
    dataUrl,
    bytes: Math.round((dataUrl.length * 3) / 4),
  };
}
