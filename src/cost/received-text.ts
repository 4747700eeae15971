/** Text beyond this is not kept, only its length: the tokens of the rest are reckoned from those of the kept part. */
const MAX_KEPT_CHARS = 262_144;

/** Gathers the text of an answer, bounded, for the case that the upstream never says how many tokens it was. */
export class ReceivedText {
  private pieces: string[] = [];
  private kept = 0;
  private length = 0;

  add(text: string): void {
    if (text === '') return;
    this.length += text.length;
    if (this.kept >= MAX_KEPT_CHARS) return;
    const piece = text.length > MAX_KEPT_CHARS - this.kept ? text.slice(0, MAX_KEPT_CHARS - this.kept) : text;
    this.kept += piece.length;
    this.pieces.push(piece);
  }

  clear(): void {
    if (this.length === 0) return;
    this.pieces = [];
    this.kept = 0;
    this.length = 0;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  get text(): string {
    return this.pieces.join('');
  }

  /** By how much the whole is longer than what was kept; 1 when all was kept. */
  get factor(): number {
    return this.kept === 0 ? 1 : this.length / this.kept;
  }
}
