export interface FormField {
  readonly name: string;
  readonly filename: string | null;
  readonly contentType: string | null;
  readonly content: Buffer;
}

/** The fields of a `multipart/form-data` body, in order; what is broken is left out. */
export function readMultipart(body: Buffer, contentType: string): readonly FormField[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2]?.trim() ?? ''}`;
  const fields: FormField[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const end = body.indexOf(`\r\n${delimiter}`, start + delimiter.length);
    if (end < 0) break;
    const field = readField(body.subarray(start + delimiter.length + 2, end));
    if (field !== null) fields.push(field);
    start = end + 2;
  }
  return fields;
}

function readField(bytes: Buffer): FormField | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.subarray(0, headEnd).toString('utf8');
  const name = /content-disposition:[^\r\n]*?[; ]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return null;
  return {
    name,
    filename: /filename="([^"]*)"/i.exec(head)?.[1] ?? null,
    contentType: /content-type: *([^\r\n]+)/i.exec(head)?.[1] ?? null,
    content: bytes.subarray(headEnd + 4),
  };
}
