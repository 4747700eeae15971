import type { FactoryProvider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { DestinationStream } from 'pino';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { findSeam } from '../http/optional-seam.js';
import { keptElsewhere, LogStream, openLog, type OpenedLog } from './log-stream.js';

export const OPENED_LOG = Symbol('OpenedLog');

/** The log is opened once, before anything is logged: to a module's own stream, else to the standard output. */
export const openedLogProvider: FactoryProvider<Promise<OpenedLog>> = {
  provide: OPENED_LOG,
  inject: [GATEWAY_CONFIG, ModuleRef],
  useFactory: async (config: GatewayConfig, modules: ModuleRef) => {
    const stream = findSeam<DestinationStream>(modules, LogStream);
    return stream ? keptElsewhere(stream) : openLog(config.log);
  },
};
