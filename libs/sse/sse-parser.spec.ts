import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { SseParser, SseTooLargeError, type SseEvent } from './sse-parser.js';

function parseWhole(stream: string | Buffer, chunkSize = Infinity, maxEventBytes?: number): SseEvent[] {
  const bytes = Buffer.from(stream as string);
  const parser = new SseParser(maxEventBytes === undefined ? {} : { maxEventBytes });
  const events: SseEvent[] = [];
  for (let start = 0; start < bytes.length; start += chunkSize) {
    events.push(...parser.push(bytes.subarray(start, Math.min(bytes.length, start + chunkSize))));
  }
  return [...events, ...parser.end()];
}

/** Cuts at the given places, whatever they cut through. */
function parseCut(
  bytes: Buffer,
  cuts: readonly number[],
  maxEventBytes?: number,
): { events: SseEvent[]; error: unknown } {
  const parser = new SseParser(maxEventBytes === undefined ? {} : { maxEventBytes });
  const events: SseEvent[] = [];
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  try {
    let start = 0;
    for (const place of [...places, bytes.length]) {
      events.push(...parser.push(bytes.subarray(start, place)));
      start = place;
    }
    events.push(...parser.end());
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
}

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replace(/[\r\n]/g, '')),
  fc.constantFrom('', ' ', '  two', 'a:b', ':', '[DONE]', '{"a":"é😀"}', '\u0000'),
);
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('data:', 'data: ', 'event: ', 'event:', 'id: ', 'retry: '), text)
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: text.map((value) => `:${value}`) },
  { weight: 1, arbitrary: fc.oneof(text, fc.constantFrom('data', 'event', 'id', 'Data: x', ' data: x', 'datax: y')) },
  { weight: 3, arbitrary: fc.constant('') },
);
const stream = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(line, lineEnd), { maxLength: 30 }), fc.oneof(fc.constant(''), line))
  .map(([hasBom, lines, rest]) => (hasBom ? '\ufeff' : '') + lines.map((parts) => parts.join('')).join('') + rest);
const cuts = fc.array(fc.nat(2_000), { maxLength: 30 });

describe('SseParser', () => {
  it('returns the events completed by the bytes, with their wire text', () => {
    const parser = new SseParser();
    expect(parser.push(Buffer.from('data: {"a":1}\n\nevent: x\nid: 7\nretry: 5\ndata: 1\ndata:2\n\ndata: ['))).toEqual([
      { raw: 'data: {"a":1}\n\n', event: undefined, data: '{"a":1}', id: undefined },
      { raw: 'event: x\nid: 7\nretry: 5\ndata: 1\ndata:2\n\n', event: 'x', data: '1\n2', id: '7' },
    ]);
    expect(parser.push(Buffer.from('DONE]\n\n'))).toEqual([
      { raw: 'data: [DONE]\n\n', event: undefined, data: '[DONE]', id: undefined },
    ]);
    expect(parser.end()).toEqual([]);
  });

  it('takes a Uint8Array that views a part of a larger buffer', () => {
    const bytes = new TextEncoder().encode('xxdata: é\n\nyy');
    expect(new SseParser().push(bytes.subarray(2, 12)).map(({ data }) => data)).toEqual(['é']);
  });

  it('drops comments and keeps all else of the event', () => {
    expect(parseWhole(': hi\n\ndata: 1\n: inside\n:\ndata: 2\n\n:last\n\n')).toEqual([
      { raw: 'data: 1\ndata: 2\n\n', event: undefined, data: '1\n2', id: undefined },
    ]);
    expect(parseWhole(': a\r\ndata: 1\r\n:b\r\n\r\n').map(({ raw }) => raw)).toEqual(['data: 1\r\n\r\n']);
  });

  it('keeps a block without a data line, which is no event for a browser but is sent on', () => {
    expect(parseWhole('event: ping\n\nretry: 100\n\ndata\n\n')).toEqual([
      { raw: 'event: ping\n\n', event: 'ping', data: undefined, id: undefined },
      { raw: 'retry: 100\n\n', event: undefined, data: undefined, id: undefined },
      { raw: 'data\n\n', event: undefined, data: '', id: undefined },
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('ends lines with %j', (end) => {
    const block = ['event: a', 'data: 1', '', 'data: 2', '', ''].join(end);
    for (const size of [1, 2, 3, 1_000]) {
      expect(parseWhole(block, size).map(({ raw, data }) => [raw, data])).toEqual([
        [`event: a${end}data: 1${end}${end}`, '1'],
        [`data: 2${end}${end}`, '2'],
      ]);
    }
  });

  it('strips a leading byte order mark, and no other', () => {
    for (const size of [1, 2, 100]) {
      expect(parseWhole('\ufeffdata: \ufeffx\n\n', size).map(({ data }) => data)).toEqual(['\ufeffx']);
    }
    expect(parseWhole('\ufeff')).toEqual([]);
    expect(parseWhole(Buffer.from([0xef, 0xbb]))).toEqual([]);
  });

  it.each([
    ['data: x', 'data: x\n\n'],
    ['data: x\n', 'data: x\n\n'],
    ['data: x\r\n', 'data: x\r\n\r\n'],
    ['data: x\r\n\r', 'data: x\r\n\r'],
    ['data: x\r\ndata: y', 'data: x\r\ndata: y\r\n\r\n'],
    ['data: x\r', 'data: x\r\r'],
    ['data: x\r\r', 'data: x\r\r'],
    ['data: x\n: half a comm', 'data: x\n\n'],
  ])('completes %j at the end of the stream', (left, raw) => {
    expect(parseWhole(left).map((event) => event.raw)).toEqual([raw]);
    expect(parseWhole(left, 1).map((event) => event.raw)).toEqual([raw]);
  });

  it.each(['', 'event: x', 'event: x\n', ': c', 'da', '\n', '\r'])('returns nothing for %j at the end', (left) => {
    expect(parseWhole(left)).toEqual([]);
  });

  describe('limits', () => {
    const max = 20;

    it('takes an event of exactly the limit', () => {
      const event = `data: ${'x'.repeat(12)}\n\n`;
      expect(event).toHaveLength(max);
      for (const size of [1, 7, 1_000]) expect(parseWhole(event + event, size, max)).toHaveLength(2);
    });

    it.each([
      `data: ${'x'.repeat(13)}\n\n`,
      `data: ${'x'.repeat(100)}`,
      `:${'x'.repeat(30)}\n\n`,
      'data: 1\n'.repeat(3),
    ])('refuses %j', (event) => {
      for (const size of [1, 7, 1_000]) expect(() => parseWhole(event, size, max)).toThrow(SseTooLargeError);
    });

    it('counts bytes, not characters', () => {
      expect(() => parseWhole(`data: ${'é'.repeat(7)}\n\n`, 1_000, max)).toThrow(SseTooLargeError);
    });

    it('returns the events before the one that is too large, and throws from then on', () => {
      const parser = new SseParser({ maxEventBytes: max });
      expect(parser.push(Buffer.from(`data: 1\n\ndata: ${'x'.repeat(50)}`)).map(({ data }) => data)).toEqual(['1']);
      expect(() => parser.push(Buffer.from('x'))).toThrow(SseTooLargeError);
      expect(() => parser.end()).toThrow(SseTooLargeError);
    });

    it('lets comments between events go on for ever', () => {
      const parser = new SseParser({ maxEventBytes: max });
      for (let i = 0; i < 1_000; i++) expect(parser.push(Buffer.from(i % 2 ? ': keep-alive\n' : ':\n\n'))).toEqual([]);
      expect(parser.push(Buffer.from('data: 1\n\n'))).toHaveLength(1);
    });

    it('does not depend on the split', () => {
      fc.assert(
        fc.property(stream, cuts, fc.integer({ min: 5, max: 40 }), (wire, places, maxEventBytes) => {
          const bytes = Buffer.from(wire);
          const whole = parseCut(bytes, [], maxEventBytes);
          const cut = parseCut(bytes, places, maxEventBytes);
          expect(cut.events).toEqual(whole.events);
          expect(cut.error === undefined).toBe(whole.error === undefined);
        }),
        { numRuns: 500 },
      );
    });
  });

  it('gives the same events for any split of any bytes', () => {
    const anyBytes = fc.oneof(
      stream.map((wire) => Buffer.from(wire)),
      // Broken UTF-8 among line ends and field names.
      fc
        .array(fc.oneof(fc.constantFrom('data: ', '\n', '\r', '\r\n', ':', '\n\n'), fc.uint8Array({ maxLength: 4 })))
        .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part as string)))),
    );
    fc.assert(
      fc.property(anyBytes, cuts, (bytes, places) => {
        const whole = parseCut(bytes, []).events;
        expect(parseCut(bytes, places).events).toEqual(whole);
        expect(parseWhole(bytes, 1)).toEqual(whole);
      }),
      { numRuns: 1_000 },
    );
  });

  it('agrees with eventsource-parser', () => {
    fc.assert(
      fc.property(stream, (wire) => {
        const expected: unknown[] = [];
        const oracle = createParser({ onEvent: ({ data, event, id }) => expected.push({ data, event, id }) });
        // It leaves byte order marks to the decoder, and waits after a CR for the next line.
        oracle.feed(new TextDecoder().decode(Buffer.from(wire)));
        oracle.feed(':\n');
        const parser = new SseParser();
        const events = [...parser.push(Buffer.from(wire)), ...parser.push(Buffer.from(':\n'))];
        const dispatched = events.filter(({ data }) => data !== undefined);
        expect(dispatched.map(({ data, event, id }) => ({ data, event, id }))).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives back every byte of a stream without comments', () => {
    const block = fc
      .array(
        fc.tuple(fc.constantFrom('data: ', 'data:', 'event: ', 'id: ', 'x'), text).map((parts) => parts.join('')),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((lines) => `${lines.join('\n')}\n\n`);
    fc.assert(
      fc.property(fc.array(block), cuts, (blocks, places) => {
        const wire = Buffer.from(blocks.join(''));
        const { events } = parseCut(wire, places);
        expect(events.map(({ raw }) => raw).join('')).toBe(wire.toString());
      }),
    );
  });

  it('stays linear for one byte a chunk, long lines and floods of line ends', () => {
    const long = `data: ${'x'.repeat(1_000_000)}\n\n`;
    expect(parseWhole(long, 1)).toHaveLength(1);
    expect(parseWhole(long, 100)).toHaveLength(1);
    expect(parseWhole('\r'.repeat(1_000_000), 65_536)).toEqual([]);
    expect(parseWhole('\n'.repeat(1_000_000), 65_536)).toEqual([]);
    expect(parseWhole(`${'a\r'.repeat(500_000)}\r`, 65_536)).toHaveLength(0);
    expect(parseWhole(`${'a\n'.repeat(500_000)}\n`, 65_536)).toHaveLength(1);
    expect(parseWhole(`${':\n'.repeat(500_000)}data: 1\n\n`, 65_536)).toHaveLength(1);
    expect(parseWhole(`data\n${':\n'.repeat(500_000)}\n`, 65_536)).toHaveLength(1);
  });
});
