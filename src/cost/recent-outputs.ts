import { LRUCache } from 'lru-cache';

const ANSWERS_KEPT = 20;
const OUTPUT_BEFORE_ANY = 1_024;
const MAX_REMEMBERED = 20_000;

/** How long the answers to a key from a model have lately been, to guess the next one. Bounded. */
export class RecentOutputs {
  private readonly outputs = new LRUCache<string, number[]>({ max: MAX_REMEMBERED });

  /** The most output tokens of the last 20 answers; 1,024 before there are any. */
  largestOf(keyId: string, model: string): number {
    const known = this.outputs.get(nameOf(keyId, model));
    return known === undefined ? OUTPUT_BEFORE_ANY : Math.max(...known);
  }

  note(keyId: string, model: string, outputTokens: number): void {
    const name = nameOf(keyId, model);
    const known = this.outputs.get(name);
    if (!known) this.outputs.set(name, [outputTokens]);
    else if (known.push(outputTokens) > ANSWERS_KEPT) known.shift();
  }
}

function nameOf(keyId: string, model: string): string {
  return `${keyId} ${model.slice(0, 256)}`;
}
