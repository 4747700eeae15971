/** Finds what belongs to a pair of names, and makes it the first time. No text is joined, so a look-up makes no garbage. */
export class TallyMap<T> {
  private readonly byFirst = new Map<string, Map<string, T>>();

  constructor(private readonly make: (first: string, second: string) => T) {}

  of(first: string, second: string): T {
    let bySecond = this.byFirst.get(first);
    if (!bySecond) this.byFirst.set(first, (bySecond = new Map()));
    let found = bySecond.get(second);
    if (found === undefined) bySecond.set(second, (found = this.make(first, second)));
    return found;
  }
}
