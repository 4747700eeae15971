import type { ModuleRef } from '@nestjs/core';

/**
 * Finds the provider of a seam that another module may or may not implement.
 * @param token the seam's symbol
 * @returns undefined when no module of this application provides it
 */
export function findSeam<T>(modules: ModuleRef, token: symbol): T | undefined {
  try {
    return modules.get<T>(token, { strict: false });
  } catch (error) {
    // Nest has no other way to ask whether a provider exists, and does not export this class.
    if (error instanceof Error && error.constructor.name === 'UnknownElementException') return undefined;
    throw error;
  }
}
