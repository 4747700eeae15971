import { csvLine } from './csv.js';

describe('csvLine', () => {
  it('disarms text that a spreadsheet would run, but no number', () => {
    expect(csvLine(['=1+1', '@x', -3, 'plain'])).toBe("'=1+1,'@x,-3,plain\r\n");
  });

  it('quotes separators and leaves the unknown empty', () => {
    expect(csvLine(['a,"b"', null, undefined, 0])).toBe('"a,""b""",,,0\r\n');
  });
});
