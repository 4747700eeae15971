// A leading space belongs to the word that follows, as it does in the tokenizers of the real models.
const PIECE = /\s*(?:\p{Script=Han}|[\p{L}\p{N}\p{M}'_]{1,12}|[^\s\p{L}\p{N}\p{M}'_]{1,6})|\s+/gu;

const EXACT_CHARACTERS = 50_000;
const CHARACTERS_PER_PIECE = 4;
const PIECES_PER_IMAGE = 85;

/** The words and signs of a text; joined again they are the text. One piece is one token of the demo model. */
export function splitIntoPieces(text: string): string[] {
  return text.match(PIECE) ?? [];
}

/**
 * Counts the tokens of a prompt. The first 50,000 characters are counted piece by piece and the rest is estimated from
 * its length, so that a prompt of many megabytes does not hold up the event loop.
 */
export class PromptCounter {
  private exactCharactersLeft = EXACT_CHARACTERS;
  private counted = 0;

  get total(): number {
    return this.counted;
  }

  add(text: string): void {
    const exact = text.length <= this.exactCharactersLeft ? text : text.slice(0, this.exactCharactersLeft);
    this.exactCharactersLeft -= exact.length;
    this.counted += splitIntoPieces(exact).length + Math.ceil((text.length - exact.length) / CHARACTERS_PER_PIECE);
  }

  addImage(): void {
    this.counted += PIECES_PER_IMAGE;
  }

  addOverhead(tokens: number): void {
    this.counted += tokens;
  }
}
