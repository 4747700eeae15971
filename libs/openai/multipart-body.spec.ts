import fc from 'fast-check';
import { InvalidBodyError, spliceBytes } from './json-body.js';
import { readMultipartField } from './multipart-body.js';

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

interface Part {
  readonly headers: string;
  readonly value: string | Buffer;
}

const text = (name: string, value: string): Part => ({
  headers: `Content-Disposition: form-data; name="${name}"\r\n`,
  value,
});
const file = (name: string, value: string | Buffer): Part => ({
  headers: `Content-Disposition: form-data; name="${name}"; filename="a \\"; name=\\"model\\".mp3"\r\nContent-Type: audio/mpeg\r\n`,
  value,
});

function aForm(parts: readonly Part[], boundary = BOUNDARY): Buffer {
  const written = parts.flatMap(({ headers, value }) => [`--${boundary}\r\n${headers}\r\n`, value, '\r\n']);
  return Buffer.concat([...written, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece as string)));
}

const refusal = (body: Buffer, name = 'model'): string | undefined => {
  try {
    readMultipartField(body, TYPE, name);
  } catch (error) {
    return error instanceof InvalidBodyError ? `${error.code} ${error.param}` : 'another error';
  }
  return undefined;
};

describe('readMultipartField', () => {
  const audio = Buffer.from([0, 0xff, 0x0d, 0x0a, 0x0d, 0x0a, 0x2d, 0x2d, 0x0d, 0x0a, 0x2d, 0x2d, 0x2d, 0x2d]);

  it('finds a text field behind a binary one, and where it stands', () => {
    const body = aForm([file('file', audio), text('model', 'whisper-é'), text('stream', 'true')]);
    const field = readMultipartField(body, TYPE, 'model');
    expect(field?.value).toBe('whisper-é');
    expect(body.toString('utf8', ...(field?.span ?? [0, 0]))).toBe('whisper-é');
    expect(readMultipartField(body, TYPE, 'stream')?.value).toBe('true');
    expect(readMultipartField(body, TYPE, 'language')).toBeUndefined();
  });

  it('changes the field by splicing, and not a byte beside it', () => {
    const body = aForm([file('file', audio), text('model', 'alias')]);
    const span = readMultipartField(body, TYPE, 'model')?.span ?? [0, 0];
    expect(spliceBytes(body, [{ span, text: 'gpt-4o-transcribe' }])).toEqual(
      aForm([file('file', audio), text('model', 'gpt-4o-transcribe')]),
    );
  });

  it.each([
    [`Multipart/Form-Data;charset=utf-8; BOUNDARY="${BOUNDARY}"`, 'm'],
    [`multipart/form-data; boundary="${BOUNDARY}"; x=y`, 'm'],
    ['multipart/form-data; boundary=other', undefined],
    ['multipart/form-data', undefined],
    [`multipart/form-data; boundary=${BOUNDARY}; boundary=b`, undefined],
    [`multipart/mixed; boundary=${BOUNDARY}`, undefined],
    ['application/json', undefined],
    ['', undefined],
  ])('reads with the content type %s %s', (contentType, expected) => {
    expect(readMultipartField(aForm([text('model', 'm')]), contentType, 'model')?.value).toBe(expected);
  });

  it.each([
    ['content-disposition: form-data; name=model\r\n', 'a bare name'],
    [
      'Content-Type: text/plain; charset=utf-8\r\nCONTENT-DISPOSITION:form-data;NAME="model"\r\n',
      'other headers first',
    ],
    ['Content-Disposition: form-data;\r\n\tname="model"\r\n', 'a folded header'],
    ['Content-Disposition: form-data; x="name=\\"y\\""; name="mo\\del"\r\n', 'quoted pairs'],
  ])('reads the header %j: %s', (headers) => {
    expect(readMultipartField(aForm([{ headers, value: 'm' }]), TYPE, 'model')?.value).toBe('m');
  });

  it('takes a preamble, an epilogue, padding, empty values and parts without headers', () => {
    const body = aForm([{ headers: '', value: 'x' }, text('empty', ''), text('model', 'm\r\n')]);
    const padded = Buffer.from(
      `preamble\r\n${body.toString().replaceAll(`${BOUNDARY}\r\n`, `${BOUNDARY} \t\r\n`)}epilogue`,
    );
    for (const form of [body, padded]) {
      expect(readMultipartField(form, TYPE, 'empty')?.value).toBe('');
      expect(readMultipartField(form, TYPE, 'model')?.value).toBe('m\r\n');
    }
  });

  it('takes for content what only begins like the boundary', () => {
    const value = `--${BOUNDARY}\r\n--${BOUNDARY}x\r\n\r\n--${BOUNDARY}-\r\n`;
    const body = aForm([text('prompt', `a\r\n--${BOUNDARY}x\r\n`), text('model', 'm')]);
    expect(readMultipartField(body, TYPE, 'model')?.value).toBe('m');
    expect(readMultipartField(body, TYPE, 'prompt')?.value).toBe(`a\r\n--${BOUNDARY}x\r\n`);
    expect(readMultipartField(aForm([text('prompt', value.slice(BOUNDARY.length + 4))]), TYPE, 'prompt')?.value).toBe(
      value.slice(BOUNDARY.length + 4),
    );
  });

  it('refuses a field that stands twice, also as a file or with two names', () => {
    expect(refusal(aForm([text('model', 'a'), text('model', 'a')]))).toBe('duplicate_key model');
    expect(refusal(aForm([text('model', 'a'), file('x', 'y'), file('model', 'b')]))).toBe('duplicate_key model');
    expect(refusal(aForm([{ headers: 'Content-Disposition: form-data; name=x; name=model\r\n', value: '' }]))).toBe(
      'duplicate_key model',
    );
    const twice = 'Content-Disposition: form-data; name=x\r\nContent-Disposition: form-data; name=model\r\n';
    expect(refusal(aForm([{ headers: twice, value: '' }]))).toBe('duplicate_key model');
    expect(refusal(aForm([text('a', 'a'), text('a', 'a'), text('model', 'm')]))).toBeUndefined();
  });

  it('takes no file and no value over 1 MB for a text field', () => {
    expect(readMultipartField(aForm([file('model', 'm')]), TYPE, 'model')).toBeUndefined();
    expect(readMultipartField(aForm([text('model', 'm'.repeat(1_048_577))]), TYPE, 'model')).toBeUndefined();
  });

  it('refuses a form that is cut off, and a part whose headers do not end', () => {
    const body = aForm([text('model', 'm'), text('stream', 'true')]);
    for (const cut of [BOUNDARY.length + 10, body.indexOf('stream'), body.length - 4]) {
      expect(refusal(body.subarray(0, cut))).toBe('invalid_json null');
    }
    expect(refusal(body.subarray(0, -2))).toBeUndefined();
    const open = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="model"\r\n`;
    expect(refusal(Buffer.concat([Buffer.from(open), aForm([text('x', 'y')])]))).toBe('invalid_json null');
  });

  it('refuses more parts than a form has, and endless headers', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => text(`f${i}`, ''));
    expect(refusal(aForm([...many.slice(1), text('model', 'm')]))).toBeUndefined();
    expect(refusal(aForm([...many, text('model', 'm')]))).toBe('invalid_json null');
    expect(refusal(aForm([{ headers: `X: ${'x'.repeat(20_000)}\r\n`, value: '' }]))).toBe('invalid_json null');
  });

  it('reads uploads of 20 MB, and gives up on one that is full of its boundary', () => {
    const noise = Buffer.alloc(20_000_000, '\r\n------WebKitFormBoundary7MA4\r\n\r\n-');
    expect(readMultipartField(aForm([file('file', noise), text('model', 'm')]), TYPE, 'model')?.value).toBe('m');
    const boundaries = Buffer.alloc(20_000_000, `\r\n--${BOUNDARY}x\r\n`);
    expect(refusal(aForm([file('file', boundaries), text('model', 'm')]))).toBe('invalid_json null');
  });

  it('ends for any bytes, cut and changed anywhere', () => {
    const form = aForm([file('file', audio), text('model', 'm'), text('stream', 'true')]);
    fc.assert(
      fc.property(fc.nat(form.length), fc.uint8Array({ maxLength: 6 }), fc.nat(form.length), (at, bytes, cut) => {
        const changed = Buffer.concat([form.subarray(0, at), bytes, form.subarray(at)]).subarray(0, cut);
        if (refusal(changed) !== undefined) {
          expect(refusal(changed)).toMatch(/^(invalid_json null|duplicate_key model)$/);
          return;
        }
        const field = readMultipartField(changed, TYPE, 'model');
        if (field !== undefined) expect(changed.toString('utf8', ...field.span)).toBe(field.value);
      }),
    );
  });

  it('finds every field of any form', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('\r\n', '--', BOUNDARY.slice(0, -1), '-', 'x', '\n', '\r'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), (values) => {
        const body = aForm(values.map((one, i) => text(`f${i}`, one)));
        expect(values.map((_, i) => readMultipartField(body, TYPE, `f${i}`)?.value)).toEqual(values);
      }),
    );
  });
});
