import fc from 'fast-check';
import { addUsageCost } from './include-cost.js';

describe('addUsageCost', () => {
  it.each([
    ['{"usage":{"a":1}}', '{"usage":{"a":1,"cost":0.0012}}'],
    ['{"usage":{}}', '{"usage":{"cost":0.0012}}'],
    [
      ' { "x" : 1e400, "usage" : { "a" : {"cost":1} } ,"é":"\\ud800" }\n',
      ' { "x" : 1e400, "usage" : { "a" : {"cost":1} ,"cost":0.0012} ,"é":"\\ud800" }\n',
    ],
    ['{"usage":{"cost":0.5,"a":1}}', '{"usage":{"cost":0.0012,"a":1}}'],
    ['{"us\\u0061ge":{"a":1}}', '{"us\\u0061ge":{"a":1,"cost":0.0012}}'],
    ['{"id":"é","x":{"usage":{}},"usage":{"a":"}"}}', '{"id":"é","x":{"usage":{}},"usage":{"a":"}","cost":0.0012}}'],
  ])('makes of %s %s', (data, expected) => {
    expect(addUsageCost(data, '0.0012', 'usage')).toBe(expected);
  });

  it('reaches the usage of a response inside an event', () => {
    const data = '{"type":"response.completed","usage":{},"response":{"id":"r","usage":{"a":1}}}';
    expect(addUsageCost(data, '1', 'response.usage')).toBe(data.replace('"a":1', '"a":1,"cost":1'));
  });

  it.each([
    '{"usage":null}',
    '{"a":1}',
    '{}',
    '[]',
    '',
    '[DONE]',
    '{"usage":{"a":1}',
    '{"usage":[]}',
    '{"usage":"{}"}',
    'x{"usage":{}}',
  ])('leaves %j as it is', (data) => {
    expect(addUsageCost(data, '1', 'usage')).toBe(data);
    expect(addUsageCost(data, '1', 'response.usage')).toBe(data);
  });

  it('changes nothing but the cost of any answer', () => {
    const usage = fc.dictionary(fc.oneof(fc.constant('cost'), fc.string()), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), usage, (rest, counted) => {
        const data = JSON.stringify({ ...rest, usage: counted });
        const expected = JSON.parse(data) as { usage: object };
        expect(JSON.parse(addUsageCost(data, '0.25', 'usage'))).toEqual({
          ...expected,
          usage: { ...expected.usage, cost: 0.25 },
        });
      }),
    );
  });
});
