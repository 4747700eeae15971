import { ConfigError } from '../../config/config-error.js';
import type { Environment } from '../../config/environment-reader.js';
import { loadConfig, type LoadedConfig } from '../../config/load-config.js';
import { checkGateway } from './check-gateway.js';
import { checkPrices } from './check-prices.js';
import { checkSecrets, isAboutSecrets } from './check-secrets.js';
import { checkStorage } from './check-storage.js';
import { checkUpstreams } from './check-upstreams.js';
import type { Finding } from './finding.js';

/**
 * Looks at everything that a start would need, and changes nothing.
 * @param readEnv gives the environment, or throws `ConfigError`
 */
export async function examine(readEnv: () => Environment): Promise<readonly Finding[]> {
  let env: Environment;
  let loaded: LoadedConfig;
  try {
    env = readEnv();
    loaded = loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map(({ variable, finding, advice }) => `${variable}${finding}: ${advice}`);
    // The rest would be guesses about a configuration that is not there.
    return problems.map((text) => ({ level: 'mend', topic: 'configuration', text }));
  }
  const { config, warnings } = loaded;
  const others = warnings.filter((warning) => !isAboutSecrets(warning));
  return [
    { level: 'ok', topic: 'configuration', text: `readable; access is ${config.access}` },
    ...others.map((text): Finding => ({ level: 'note', topic: 'configuration', text })),
    ...(await checkGateway(config, env)),
    ...checkStorage(config.storage),
    ...(await checkUpstreams(config)),
    ...checkPrices(config),
    ...checkSecrets(config, warnings),
  ];
}
