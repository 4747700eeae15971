export const OTHER = 'other';

/** Keeps the values of a label few: the known names, the first so many others, and `other` for the rest. */
export class BoundedNames {
  private readonly names: Set<string>;
  private readonly maxNames: number;

  /**
   * @param known names that always count
   * @param maxOthers how many unknown names are taken in, in the order in which they come
   */
  constructor(known: Iterable<string>, maxOthers: number) {
    this.names = new Set(known);
    this.maxNames = this.names.size + maxOthers;
  }

  /** The name, if it counts or there is room for it; else `other`. */
  admit(name: string): string {
    if (this.names.has(name)) return name;
    if (this.names.size >= this.maxNames || name.length > MAX_NAME_CHARS) return OTHER;
    this.names.add(name);
    return name;
  }

  /** The name if it counts already; else `other`. */
  find(name: string): string {
    return this.names.has(name) ? name : OTHER;
  }
}

const MAX_NAME_CHARS = 128;
