import type { Behaviour } from './behaviour.js';

interface QueuedBehaviour {
  readonly behaviour: Behaviour;
  left: number;
}

/**
 * The scripts of a simulator: a queue of behaviours for each model id, path or `*`. A name may end in `*` and then stands
 * for everything that begins so. Models are asked before paths, exact names before patterns, longer before shorter.
 */
export class ScriptBook {
  private readonly queues = new Map<string, QueuedBehaviour[]>();

  /** Whether the model of a call has any influence on its answer. */
  mindsModels = false;

  add(match: string, behaviours: readonly Behaviour[]): void {
    const queue = this.queues.get(match) ?? [];
    queue.push(...behaviours.map((behaviour) => ({ behaviour, left: timesOf(behaviour) })));
    this.queues.set(match, queue);
    this.mindsModels ||= match !== '*' && !match.startsWith('/');
  }

  clear(): void {
    this.queues.clear();
    this.mindsModels = false;
  }

  /** The behaviour that is up for a path, without using it up. */
  peekByPath(path: string): Behaviour | null {
    return this.headOf(this.matchesOf(path))?.behaviour ?? null;
  }

  /** The next behaviour for a call, used up once; null when no script fits. */
  take(model: string | null, path: string): Behaviour | null {
    const matches = [...(model === null ? [] : this.matchesOf(model)), ...this.matchesOf(path)];
    const head = this.headOf(matches);
    if (head === null) return null;
    head.left -= 1;
    return head.behaviour;
  }

  /** Names that fit, the best first. `*` alone fits everything, so it comes last. */
  private matchesOf(name: string): string[] {
    const patterns = [...this.queues.keys()].filter(
      (match) => match.endsWith('*') && match !== '*' && name.startsWith(match.slice(0, -1)),
    );
    patterns.sort((left, right) => right.length - left.length);
    return [name, ...patterns, ...(name.startsWith('/') ? ['*'] : [])];
  }

  private headOf(matches: readonly string[]): QueuedBehaviour | null {
    for (const match of matches) {
      const queue = this.queues.get(match);
      while (queue?.[0] !== undefined && queue[0].left <= 0) queue.shift();
      if (queue?.[0] !== undefined) return queue[0];
    }
    return null;
  }
}

function timesOf({ times = 1 }: Behaviour): number {
  return times === 'forever' ? Infinity : times;
}
