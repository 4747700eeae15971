import { ConfigError } from './config-error.js';
import type { Environment } from './environment-reader.js';
import { loadConfig, type LoadedConfig } from './load-config.js';

/** A file system without files. */
export const noFiles = (): never => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};

/** Loads without touching the machine: no files, no terminal. */
export function aLoad(env: Environment, files: Readonly<Record<string, string>> = {}): LoadedConfig {
  return loadConfig(env, { readFile: (path) => files[path] ?? noFiles(), isTerminal: false });
}

/** The error of a load that must fail. */
export function theError(env: Environment): ConfigError {
  try {
    aLoad(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

/** An environment that production accepts. */
export const inProduction = (env: Environment = {}): Environment => ({
  NODE_ENV: 'production',
  AI_GATEWAY_SECRET: 'k3Jx9vQ2mZ8rT5wY7uP1sD4fG6hL0aB=',
  ...env,
});
