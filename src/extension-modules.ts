import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExtensionModule } from './app.module.js';

/** A module of `AI_GATEWAY_MODULES` that cannot be used; the message says which and why. */
export class ExtensionModuleError extends Error {
  constructor(name: string, why: string, cause?: unknown) {
    super(`AI_GATEWAY_MODULES: ${name} ${why}`, { cause });
    this.name = 'ExtensionModuleError';
  }
}

/**
 * Imports the company's own Nest modules: each file or package exports its module as `default`.
 * @param names paths (relative to `folder`) or package names
 * @throws {ExtensionModuleError}
 */
export async function importExtensionModules(
  names: readonly string[],
  folder: string,
  importModule: (specifier: string) => Promise<unknown>,
): Promise<ExtensionModule[]> {
  const modules: ExtensionModule[] = [];
  for (const name of names) {
    const isPath = name.startsWith('.') || isAbsolute(name);
    const specifier = isPath ? pathToFileURL(resolve(folder, name)).href : name;
    let exported: unknown;
    try {
      exported = await importModule(specifier);
    } catch (error) {
      throw new ExtensionModuleError(
        name,
        `cannot be imported: ${error instanceof Error ? error.message : 'unknown'}`,
        error,
      );
    }
    const found =
      typeof exported === 'object' && exported !== null && 'default' in exported ? exported.default : undefined;
    if (typeof found !== 'function' && typeof found !== 'object') {
      throw new ExtensionModuleError(name, 'has no Nest module as its default export');
    }
    modules.push(found as ExtensionModule);
  }
  return modules;
}
