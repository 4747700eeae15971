import { Inject, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConfigModule, GATEWAY_CONFIG } from './config.module.js';
import type { GatewayConfig } from './gateway-config.js';
import { aLoad } from './spec-support.js';

@Injectable()
class Reader {
  constructor(@Inject(GATEWAY_CONFIG) readonly config: GatewayConfig) {}
}

@Module({ providers: [Reader] })
class ModuleWithoutImports {}

describe('ConfigModule', () => {
  it('gives the very configuration to modules that do not import it', async () => {
    const { config } = aLoad({});
    const app = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(config), ModuleWithoutImports],
    }).compile();
    expect(app.get(Reader).config).toBe(config);
    await app.close();
  });
});
