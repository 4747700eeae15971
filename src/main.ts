import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { ConfigError } from './config/config-error.js';
import { readEnvironment } from './config/dot-env.js';
import { loadConfig } from './config/load-config.js';
import { startLines } from './config/start-lines.js';
import { createGateway } from './create-gateway.js';
import { ExtensionModuleError, importExtensionModules } from './extension-modules.js';
import { StartError } from './http/start-error.js';
import { stopOnSignals } from './stop-on-signals.js';
import { StorageStartError } from './storage/storage-errors.js';

try {
  const { config, warnings } = loadConfig(readEnvironment());
  const modules = await importExtensionModules(config.modules, process.cwd(), (specifier) => import(specifier));
  const dashboardFolder = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));
  const gateway = await createGateway(config, { modules, dashboardFolder });
  // Before the address is out: whoever reads it may send a signal at once.
  stopOnSignals(gateway);
  const address = await gateway.listen();
  const storage =
    config.storage.databasePath === undefined ? 'in-memory (set DATABASE_PATH for persistence)' : 'SQLite (persistent)';
  for (const line of startLines(config, { address, storage, warnings })) console.log(line);
} catch (error) {
  const isExpected =
    error instanceof ConfigError ||
    error instanceof StartError ||
    error instanceof StorageStartError ||
    error instanceof ExtensionModuleError;
  console.error(isExpected ? error.message : error);
  process.exit(1);
}
