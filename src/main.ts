import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { ConfigError } from './config/config-error.js';
import { readEnvironment } from './config/dot-env.js';
import { loadConfig } from './config/load-config.js';
import { startLines } from './config/start-lines.js';
import { createGateway } from './create-gateway.js';
import { ExtensionModuleError, importExtensionModules } from './extension-modules.js';
import { StorageStartError } from './storage/storage-errors.js';

try {
  const { config, warnings } = loadConfig(readEnvironment());
  const modules = await importExtensionModules(config.modules, process.cwd(), (specifier) => import(specifier));
  const dashboardFolder = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));
  const gateway = await createGateway(config, { modules, dashboardFolder });
  const address = await gateway.listen();
  const storage =
    config.storage.databasePath === undefined ? 'in-memory (set DATABASE_PATH for persistence)' : 'SQLite (persistent)';
  for (const line of startLines(config, { address, storage, warnings })) console.log(line);

  let hurry: (() => void) | undefined;
  const hurried = new Promise<void>((resolve) => (hurry = resolve));
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) return hurry?.();
    isStopping = true;
    gateway.stop(hurried).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
} catch (error) {
  const isExpected =
    error instanceof ConfigError || error instanceof StorageStartError || error instanceof ExtensionModuleError;
  console.error(isExpected ? error.message : error);
  process.exit(1);
}
