/**
 * Roughly how many tokens a text has, from its characters alone: no tables, one pass, 10 ms per MB. Made for
 * reservations, so it leans to the high side; billing uses `countTokens`. Against o200k_base: English, code, JSON and
 * logs within 15 %, other scripts 10 to 25 % high, base64 30 % low (length ÷ 4: Chinese and hex −65 %).
 */
export function guessTokens(text: string): number {
  let tokens = 0;
  let at = 0;
  while (at < text.length) {
    const kind = KINDS[text.charCodeAt(at)] ?? kindBeyondAscii(text.charCodeAt(at));
    const start = at;
    let humps = 0;
    let wasUpper = true;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if ((KINDS[code] ?? kindBeyondAscii(code)) !== kind) break;
      const isUpper = code >= 65 && code <= 90;
      if (isUpper && !wasUpper) humps += 1;
      wasUpper = isUpper;
    }
    const isBeforeDigit = at < text.length && KINDS[text.charCodeAt(at)] === 'digit';
    tokens += tokensOfRun(kind, at - start, humps, isBeforeDigit);
  }
  return Math.ceil(tokens);
}

type Kind = 'letter' | 'digit' | 'space' | 'mark' | 'alphabetic' | 'ideographic';

const KINDS: readonly Kind[] = Array.from({ length: 128 }, (_, code) => kindOfAscii(String.fromCharCode(code)));

function kindOfAscii(character: string): Kind {
  if (/[A-Za-z]/.test(character)) return 'letter';
  if (/\d/.test(character)) return 'digit';
  return /\s/.test(character) ? 'space' : 'mark';
}

function kindBeyondAscii(code: number): Kind {
  if (code >= 0xc0 && code < 0x250) return 'letter'; // Latin with diacritics
  return code < 0x1100 ? 'alphabetic' : 'ideographic';
}

function tokensOfRun(kind: Kind, length: number, humps: number, isBeforeDigit: boolean): number {
  switch (kind) {
    case 'letter':
      // Common words are one token, longer ones are cut into pieces, and so is a change of case inside a word.
      return Math.max(1, length <= 12 ? length / 6.5 : length / 3.5) + humps * 0.6;
    case 'digit':
      return Math.ceil(length / 3);
    case 'space':
      // A single space belongs to the word after it, but never to a number.
      return length === 1 && !isBeforeDigit ? 0 : Math.ceil(length / 60);
    case 'mark':
      return Math.max(0.8, length / 2.2);
    case 'alphabetic':
      return Math.max(1, length / 3.5);
    case 'ideographic':
      return length * 0.8;
  }
}
