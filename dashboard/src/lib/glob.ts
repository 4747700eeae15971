/** Whether a model id matches a glob, in which `*` stands for any characters. */
export function globMatches(glob: string, id: string): boolean {
  const pattern = glob
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(id);
}

/** The first of the ids that the globs allow; without globs the first of all. */
export function firstAllowed(ids: readonly string[], globs: readonly string[] | null): string | undefined {
  return globs === null ? ids[0] : ids.find((id) => globs.some((glob) => globMatches(glob, id)));
}
