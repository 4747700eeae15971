import fc from 'fast-check';
import { InvalidBodyError, parseJsonBody } from './json-body.js';

const READ = ['model', 'stream', 'stream_options', 'max_tokens'];

function refusal(
  body: string | Buffer,
  fields: readonly string[] = READ,
): Pick<InvalidBodyError, 'code' | 'param'> & { text: string } {
  try {
    parseJsonBody(Buffer.from(body as string), fields);
  } catch (error) {
    if (error instanceof InvalidBodyError) return { code: error.code, param: error.param, text: error.message };
    throw error;
  }
  throw new Error('The body was taken.');
}

const spansAsText = (body: string | Buffer): Record<string, string> => {
  const { bytes, spans } = parseJsonBody(Buffer.from(body as string), READ);
  return Object.fromEntries([...spans].map(([name, [start, end]]) => [name, bytes.toString('utf8', start, end)]));
};

describe('parseJsonBody', () => {
  it('reads the fields and where their values stand', () => {
    const body =
      ' {\n"model" : "gpt-4o" ,"messages":[{"model":"no","x":[1,{"stream":1}]}],"größe":"é\\"", "stream":true , "max_tokens"\t:\r\n-1.5e3 }\n';
    const parsed = parseJsonBody(Buffer.from(body), READ);
    expect({ ...parsed.fields }).toEqual(JSON.parse(body));
    expect(spansAsText(body)).toEqual({ model: '"gpt-4o"', stream: 'true', max_tokens: '-1.5e3' });
    expect(parsed.bytes.toString('utf8', parsed.bodyEnd)).toBe('}\n');
    expect(parsed.isEmptyObject).toBe(false);
  });

  it('knows the fields by any spelling', () => {
    expect(spansAsText('{"mod\\u0065l":"a","\\u0073tream":[1,2]}')).toEqual({ model: '"a"', stream: '[1,2]' });
  });

  it('takes the empty object', () => {
    expect(parseJsonBody(Buffer.from(' { } '), READ)).toMatchObject({ isEmptyObject: true, bodyEnd: 3 });
    expect(parseJsonBody(Buffer.from('{"a":1}'), READ)).toMatchObject({ isEmptyObject: false });
  });

  it('is not fooled by names of the object prototype', () => {
    const { fields } = parseJsonBody(Buffer.from('{"__proto__":{"model":"x"},"a":1}'), ['model', 'constructor']);
    expect(fields['model']).toBeUndefined();
    expect(fields['constructor']).toBeUndefined();
    expect(Object.keys(fields)).toEqual(['__proto__', 'a']);
    expect(({} as Record<string, unknown>)['model']).toBeUndefined();
  });

  it.each([
    '{"a":1e400,"b":9223372036854775808,"c":-0,"d":0.1e-7}',
    '{"a":"\\ud800","\\udfff":1}',
    '{"a":"\\\\","b":"\\\\\\"","c":"{[\\"}","d":"\\u0022"}',
    `{"a":"${'\\'.repeat(1000)}"}`,
    `{"a":"${'x'.repeat(200)}\\"${'y'.repeat(200)}\\\\"}`,
  ])('takes %s', (body) => {
    expect({ ...parseJsonBody(Buffer.from(body), READ).fields }).toEqual(JSON.parse(body));
  });

  it.each([
    '',
    '  \n',
    'null',
    '[]',
    '"x"',
    '1',
    'true',
    '{',
    '{"a":1',
    '{"a":"',
    '{"a":"\\"}',
    '{"a":1}}',
    '{} x',
    '{}{}',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a":NaN}',
    '{"a":"\n"}',
    '{"a":]}',
    '{"a"}',
    '{"a":1 "b":2}',
    '{,}',
    '{"\\q":1}',
    '{}\0',
    '/**/{}',
    '{]',
    `{"a":${'['.repeat(60)}}`,
  ])('refuses %j as invalid JSON', (body) => {
    expect(refusal(body)).toMatchObject({ code: 'invalid_json', param: null });
  });

  it('refuses a byte order mark and other encodings', () => {
    expect(refusal('\ufeff{}')).toMatchObject({ code: 'invalid_json' });
    expect(refusal(Buffer.from('{"model":"é"}', 'utf16le'))).toMatchObject({ code: 'invalid_json' });
    expect(refusal(Buffer.from('\ufeff{"model":"é"}', 'utf16le'))).toMatchObject({ code: 'invalid_json' });
    expect(refusal(Buffer.from('\ufeff{"model":"é"}', 'utf16le').swap16())).toMatchObject({ code: 'invalid_json' });
    expect(refusal(Buffer.from('{"model":"é"}', 'utf16le').swap16())).toMatchObject({ code: 'invalid_json' });
  });

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]], [[0xc0, 0xaf]], [[0xf4, 0x90, 0x80, 0x80]]])(
    'refuses the bytes %j inside a string as invalid UTF-8',
    (bad) => {
      const body = Buffer.concat([Buffer.from('{"model":"a'), Buffer.from(bad), Buffer.from('"}')]);
      expect(refusal(body)).toMatchObject({ code: 'invalid_utf8', param: null });
    },
  );

  it('takes 64 levels, the outer object counted, and refuses 65', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(parseJsonBody(Buffer.from(nested(64)), READ).isEmptyObject).toBe(false);
    expect(refusal(nested(65))).toMatchObject({ code: 'json_too_deep', param: null });
    expect(refusal(nested(100_000))).toMatchObject({ code: 'json_too_deep' });
    expect(refusal('{"a":'.repeat(100_000))).toMatchObject({ code: 'json_too_deep' });
    expect(refusal('['.repeat(20_000_000))).toMatchObject({ code: 'invalid_json' });
    expect(parseJsonBody(Buffer.from(`{"a":"${'['.repeat(100)}"}`), READ).isEmptyObject).toBe(false);
    expect(parseJsonBody(Buffer.from(`{"a":[${'{},[],'.repeat(100)}0]}`), READ).isEmptyObject).toBe(false);
  });

  it.each(['{"model":"a","model":"b"}', '{"model":"a","mod\\u0065l":"a"}', '{"\\u006dodel":1,"x":2,"\\u006Dodel":1}'])(
    'refuses a read field that stands twice: %s',
    (body) => {
      expect(refusal(body)).toMatchObject({ code: 'duplicate_key', param: 'model' });
    },
  );

  it('takes other fields twice, and read ones twice further down', () => {
    expect(spansAsText('{"x":1,"x":2,"model":"a","y":{"model":1,"model":2}}')).toEqual({ model: '"a"' });
  });

  it('says what to do and never repeats what was sent', () => {
    for (const body of [
      '{"secret": sk-123}',
      '{"secret":1,"model":"sk-123","model":"sk-123"}',
      '"sk-123"',
      `{"sk-123":${'['.repeat(70)}`,
    ]) {
      expect(refusal(body).text).not.toMatch(/sk-123|secret/);
      expect(refusal(body).text).toMatch(/Send /);
    }
  });

  it('takes 20 MB in one string, with as many escapes as fit, and in many members', () => {
    const image = `{"model":"m","image":"${'iVBORw0KGgo='.repeat(1_700_000)}","stream":true}`;
    expect(spansAsText(image)).toEqual({ model: '"m"', stream: 'true' });
    expect(spansAsText(`{"model":"m","text":"${'\\"'.repeat(5_000_000)}","stream":true}`)).toEqual({
      model: '"m"',
      stream: 'true',
    });
    expect(refusal(`{"text":"${'\\'.repeat(10_000_000)}`)).toMatchObject({ code: 'invalid_json' });
  });

  it('finds for every JSON object what JSON.parse finds', () => {
    const key = fc.oneof(fc.constantFrom(...READ, 'Model', 'models', '', '__proto__'), fc.string({ unit: 'grapheme' }));
    const member = fc.tuple(key, fc.jsonValue({ maxDepth: 4 }));
    const space = fc.constantFrom('', ' ', '\n', '\t\r\n ');
    const escapeSome = (text: string, mask: number) =>
      text.replace(/[a-z]/g, (letter, at: number) =>
        (mask >> (at % 30)) & 1 ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter,
      );
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { selector: ([name]) => name, maxLength: 8 }),
        space,
        space,
        fc.nat(),
        (members, a, b, mask) => {
          const written = members.map(
            ([name, value]) =>
              `${a}${escapeSome(JSON.stringify(name).replace(/\\[a-z]\w*/g, 'x'), mask)}${b}:${a}${JSON.stringify(value)}${b}`,
          );
          const body = `${b}{${written.join(',')}}${a}`;
          const expected: unknown = JSON.parse(body);
          const parsed = parseJsonBody(Buffer.from(body), READ);
          expect({ ...parsed.fields }).toEqual(expected);
          expect(parsed.isEmptyObject).toBe(members.length === 0);
          expect(parsed.bytes.toString('utf8', parsed.bodyEnd)).toBe(`}${a}`);
          for (const name of READ) {
            const span = parsed.spans.get(name);
            if (!Object.hasOwn(parsed.fields, name)) expect(span).toBeUndefined();
            else expect(JSON.parse(parsed.bytes.toString('utf8', ...(span ?? [0, 0])))).toEqual(parsed.fields[name]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes exactly what is a JSON object in UTF-8', () => {
    const mutated = fc
      .tuple(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '\n', 'x'),
      )
      .map(([value, at, put]) => {
        const text = JSON.stringify({ model: 'm', value });
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + (at % 2));
      });
    const isObject = (text: string): boolean => {
      try {
        const value: unknown = JSON.parse(text);
        return typeof value === 'object' && value !== null && !Array.isArray(value);
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(mutated, (text) => {
        if (!text.isWellFormed()) return;
        const isTaken = ((): boolean => {
          try {
            return parseJsonBody(Buffer.from(text), []).bytes.length > 0;
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidBodyError);
            return false;
          }
        })();
        expect(isTaken).toBe(isObject(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
