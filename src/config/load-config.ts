import { readFileSync } from 'node:fs';
import { readAccessSettings } from './access-settings.js';
import { readCallSettings } from './call-settings.js';
import { deepFreeze } from './deep-freeze.js';
import { EnvironmentReader, type Environment } from './environment-reader.js';
import { anyText, bool, forwardableHeader, list } from './field-schemas.js';
import type { GatewayConfig } from './gateway-config.js';
import { readModelRoutes } from './model-routes.js';
import type { ReadFile } from './price-overrides.js';
import { checkSafety } from './production-rules.js';
import { readRecordSettings } from './record-settings.js';
import { readLogSettings, readServerSettings } from './server-settings.js';
import { warnOfUnknownNames } from './unknown-names.js';
import { withCredentials } from './upstream-credentials.js';
import { readUpstreamDirectory } from './upstream-directory.js';
import { warnOfUpstreams } from './upstream-warnings.js';

export interface LoadedConfig {
  /** Frozen through and through. */
  readonly config: GatewayConfig;
  /** What is allowed but probably not meant, one sentence each. */
  readonly warnings: readonly string[];
}

export interface Surroundings {
  /** Reads the file that `AI_GATEWAY_PRICES` names. */
  readonly readFile?: ReadFile;
  /** Standard output is a terminal: logs are written for eyes. */
  readonly isTerminal?: boolean;
}

/**
 * Makes the configuration from environment variables, which docs/configuration.md lists. Empty means unset.
 * @throws {ConfigError} one error that lists every bad variable
 */
export function loadConfig(
  env: Environment,
  { readFile = (path) => readFileSync(path, 'utf8'), isTerminal = process.stdout.isTTY === true }: Surroundings = {},
): LoadedConfig {
  const reader = new EnvironmentReader(env);
  const server = readServerSettings(reader);
  const demo = reader.read('AI_GATEWAY_DEMO', bool) ?? !server.isProduction;
  const directory = readUpstreamDirectory(reader, demo);
  const routes = readModelRoutes(reader, directory);

  const config: GatewayConfig = {
    server,
    upstreams: withCredentials(reader, directory.all),
    routes,
    strictModels: reader.read('AI_GATEWAY_STRICT_MODELS', bool),
    demo,
    ...readAccessSettings(reader),
    ...readCallSettings(reader),
    ...readRecordSettings(reader, readFile),
    forwardHeaders: reader.read('AI_GATEWAY_FORWARD_HEADERS', list(forwardableHeader)) ?? [],
    modules: reader.read('AI_GATEWAY_MODULES', list(anyText)) ?? [],
    log: readLogSettings(reader, isTerminal),
  };

  checkSafety(reader, config);
  warnOfUpstreams(reader, config);
  warnOfUnknownNames(reader, env, directory.names);
  reader.assertValid();
  return deepFreeze({ config, warnings: reader.warnings });
}
