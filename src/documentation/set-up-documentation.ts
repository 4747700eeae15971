import type { INestApplication } from '@nestjs/common';
import type { GatewayConfig } from '../config/gateway-config.js';

export function setUpDocumentation(_app: INestApplication, _config: GatewayConfig): void {}
