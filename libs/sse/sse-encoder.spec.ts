import fc from 'fast-check';
import { DONE_EVENT, encodeSseEvent, KEEP_ALIVE_COMMENT } from './sse-encoder.js';
import { SseParser } from './sse-parser.js';

const parse = (wire: string) => new SseParser().push(Buffer.from(wire));

describe('encodeSseEvent', () => {
  it('writes the fields and a blank line', () => {
    expect(encodeSseEvent({ data: '{}' })).toBe('data: {}\n\n');
    expect(encodeSseEvent({ data: '{}', event: 'error', id: '7' })).toBe('event: error\nid: 7\ndata: {}\n\n');
  });

  it('writes a data line for each line of the data', () => {
    expect(encodeSseEvent({ data: 'a\nb\r\nc\rd\n' })).toBe('data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n');
  });

  it('lets neither event nor id start another field', () => {
    expect(encodeSseEvent({ data: '1', event: 'a\ndata: 2', id: 'b\r\n\r\n' })).toBe(
      'event: a data: 2\nid: b \ndata: 1\n\n',
    );
  });

  it('is read back by the parser', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (data) => {
        expect(parse(encodeSseEvent({ data, event: 'x' }))).toMatchObject([
          { event: 'x', data: data.replace(/\r\n|\r/g, '\n') },
        ]);
      }),
    );
  });

  it('has a comment that is no event, and an end that is one', () => {
    expect(parse(KEEP_ALIVE_COMMENT)).toEqual([]);
    expect(parse(DONE_EVENT)).toMatchObject([{ raw: DONE_EVENT, data: '[DONE]' }]);
  });
});
