import fc from 'fast-check';
import {
  askForUsage,
  InvalidBodyError,
  parseJsonBody,
  requireModel,
  setModel,
  spliceBytes,
  type Edit,
} from './json-body.js';

const parse = (body: string) => parseJsonBody(Buffer.from(body), ['model', 'stream_options']);
const withUsage = (body: string): string => {
  const edit = askForUsage(parse(body));
  return spliceBytes(Buffer.from(body), edit === undefined ? [] : [edit]).toString();
};

describe('spliceBytes', () => {
  it('puts texts in the place of spans and inserts at empty ones, in any order', () => {
    const bytes = Buffer.from('0123456789');
    expect(
      spliceBytes(bytes, [
        { span: [8, 10], text: '' },
        { span: [1, 3], text: 'é' },
        { span: [3, 3], text: '!' },
      ]).toString(),
    ).toBe('0é!34567');
    expect(spliceBytes(bytes, [])).toBe(bytes);
  });

  it('leaves the given bytes as they are', () => {
    const bytes = Buffer.from('0123');
    spliceBytes(bytes, [{ span: [0, 4], text: 'x' }]);
    expect(bytes.toString()).toBe('0123');
  });

  it.each([
    [
      [
        [0, 2],
        [1, 3],
      ],
    ],
    [[[3, 2]]],
    [[[0, 5]]],
    [[[-1, 2]]],
  ])('refuses %j', (spans) => {
    const edits = spans.map(([start = 0, end = 0]): Edit => ({ span: [start, end], text: '' }));
    expect(() => spliceBytes(Buffer.from('0123'), edits)).toThrow(RangeError);
  });

  it('changes no byte outside the spans', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 50 }),
        fc.array(fc.nat(50), { maxLength: 8 }),
        fc.string(),
        (content, offsets, text) => {
          const bytes = Buffer.from(content);
          const places = offsets.map((offset) => offset % (bytes.length + 1)).sort((a, b) => a - b);
          const edits: Edit[] = [];
          for (let i = 0; i + 1 < places.length; i += 2) edits.push({ span: [places[i]!, places[i + 1]!], text });
          const expected: Buffer[] = [];
          let position = 0;
          for (const { span } of edits) {
            expected.push(bytes.subarray(position, span[0]), Buffer.from(text));
            position = span[1];
          }
          expect(spliceBytes(bytes, edits)).toEqual(Buffer.concat([...expected, bytes.subarray(position)]));
        },
      ),
    );
  });
});

describe('requireModel', () => {
  it('returns the model', () => {
    expect(requireModel(parse('{"model":"gpt-\\u0034o"}'))).toBe('gpt-4o');
  });

  it.each(['{}', '{"model":""}', '{"model":null}', '{"model":4}', '{"model":["a"]}', '{"__proto__":{"model":"a"}}'])(
    'refuses %s',
    (body) => {
      expect(() => requireModel(parse(body))).toThrow(
        expect.objectContaining({ code: 'invalid_model', param: 'model', status: 400 }) as InvalidBodyError,
      );
    },
  );
});

describe('setModel', () => {
  it('changes the model and nothing else', () => {
    const body = '{ "n":1e400,"mod\\u0065l" :\t"a" ,"z":"\\ud800\\/","z":9223372036854775808 }';
    expect(spliceBytes(Buffer.from(body), [setModel(parse(body), 'é"b')]).toString()).toBe(
      body.replace('"a"', '"é\\"b"'),
    );
  });

  it('adds one where none is', () => {
    for (const [body, expected] of [
      ['{}', '{"model":"b"}'],
      ['{"a":1 }', '{"a":1 ,"model":"b"}'],
    ] as const) {
      expect(spliceBytes(Buffer.from(body), [setModel(parse(body), 'b')]).toString()).toBe(expected);
    }
  });
});

describe('askForUsage', () => {
  it.each([
    ['{}', '{"stream_options":{"include_usage":true}}'],
    ['{"a":1}', '{"a":1,"stream_options":{"include_usage":true}}'],
    ['{"a":1\n}\n', '{"a":1\n,"stream_options":{"include_usage":true}}\n'],
    ['{"stream_options":null,"a":1}', '{"stream_options":{"include_usage":true},"a":1}'],
    ['{"stream_options":[1]}', '{"stream_options":{"include_usage":true}}'],
    ['{"stream_options":"{}"}', '{"stream_options":{"include_usage":true}}'],
    ['{"stream_options":{ }}', '{"stream_options":{ "include_usage":true}}'],
    ['{"stream_options": {"x" : 1e400 } }', '{"stream_options": {"x" : 1e400 ,"include_usage":true} }'],
    [
      '{"stream_options":{"x":{"include_usage":true}}}',
      '{"stream_options":{"x":{"include_usage":true},"include_usage":true}}',
    ],
    ['{"stream_options":{"include_usage": false ,"x":1}}', '{"stream_options":{"include_usage": true ,"x":1}}'],
    ['{"stream_options":{"include_usage":null}}', '{"stream_options":{"include_usage":true}}'],
    ['{"stream_options":{"include_usage":{"a":[1]}}}', '{"stream_options":{"include_usage":true}}'],
    ['{"stream_options":{"include\\u005fusage":0}}', '{"stream_options":{"include\\u005fusage":true}}'],
    ['{"stream_options":{"include_usage":true}}', '{"stream_options":{"include_usage":true}}'],
    [
      '{"stream_options":{"include_usage":false, "x":[1] ,"include_usage":true,"include_usage":0}}',
      '{"stream_options":{"include_usage":true, "x":[1] ,"include_usage":true,"include_usage":true}}',
    ],
  ])('makes of %s %s', (body, expected) => {
    expect(withUsage(body)).toBe(expected);
  });

  it('asks for nothing when it is asked for already', () => {
    expect(askForUsage(parse('{"stream_options":{"a":1, "include_usage" : true }}'))).toBeUndefined();
  });

  it('changes the two fields together, and nothing else, in every body', () => {
    const options = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.record(
        { include_usage: fc.jsonValue({ maxDepth: 1 }), other: fc.jsonValue({ maxDepth: 2 }) },
        { requiredKeys: [] },
      ),
    );
    const rest = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    fc.assert(
      fc.property(
        rest,
        fc.option(options, { nil: undefined }),
        fc.boolean(),
        fc.constantFrom(undefined, 1, '\t'),
        (others, stream_options, isFirst, space) => {
          const { model: _model, stream_options: _options, ...clean } = others;
          const ours = stream_options === undefined ? { model: 'a' } : { model: 'a', stream_options };
          const value: Record<string, unknown> = isFirst ? { ...ours, ...clean } : { ...clean, ...ours };
          const bytes = Buffer.from(JSON.stringify(value, undefined, space));
          const original = JSON.parse(bytes.toString()) as Record<string, unknown>;
          const body = parseJsonBody(bytes, ['model', 'stream_options']);
          const asked = askForUsage(body);
          const edits = [setModel(body, 'b'), ...(asked === undefined ? [] : [asked])];
          const spliced = spliceBytes(bytes, edits);
          const isObject =
            typeof stream_options === 'object' && stream_options !== null && !Array.isArray(stream_options);
          expect(JSON.parse(spliced.toString())).toEqual({
            ...original,
            model: 'b',
            stream_options: { ...(isObject ? (original['stream_options'] as object) : {}), include_usage: true },
          });
          // Taking the texts out again must leave the bytes that stood around them.
          const undone = [...edits].sort((a, b) => b.span[0] - a.span[0]);
          const around: Buffer[] = [];
          let end = bytes.length;
          let splicedEnd = spliced.length;
          for (const { span, text } of undone) {
            around.push(bytes.subarray(span[1], end));
            expect(spliced.subarray(splicedEnd - (end - span[1]), splicedEnd)).toEqual(around.at(-1));
            splicedEnd -= end - span[1] + Buffer.byteLength(text);
            end = span[0];
          }
          expect(spliced.subarray(0, splicedEnd)).toEqual(bytes.subarray(0, end));
        },
      ),
      { numRuns: 500 },
    );
  });
});
