import { ImageOff } from 'lucide-react';
import { CopyButton } from '../copy-button.js';

/** Pictures that came inside the text and can neither run nor load anything. */
export function isShownPicture(src: string): boolean {
  return /^data:image\/(png|jpeg|gif|webp);base64,/i.test(src);
}

/** A picture of an answer. One that would be fetched is named instead: its address can carry the chat away. */
export function RemotePicture({ src, alt }: { readonly src: string | undefined; readonly alt: string }) {
  if (src && isShownPicture(src)) return <img src={src} alt={alt} className="max-h-120 max-w-full rounded-control" />;
  return (
    <span className="inline-flex max-w-full items-center gap-2 rounded-control border border-line bg-sunken px-3 py-1 text-control text-ink-2">
      <ImageOff aria-hidden size={16} strokeWidth={1.5} className="shrink-0" />
      <span className="min-w-0 break-words">
        Picture{alt && ` “${alt}”`} at {hostOf(src)}, not loaded
      </span>
      {src && <CopyButton text={src}>Copy address</CopyButton>}
    </span>
  );
}

function hostOf(src: string | undefined): string {
  try {
    return new URL(src ?? '').hostname || 'an unreadable address';
  } catch {
    return 'an unreadable address';
  }
}
