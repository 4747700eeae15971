import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../http/access.decorator.js';
import { HealthReader, type GatewayHealth } from './gateway-health.js';
import { HEALTH_EXAMPLE, UNHEALTHY_EXAMPLE } from './health.examples.js';

const UNAVAILABLE = 503;

/** Whether the gateway lives, takes calls, and is well; for people, load balancers and orchestrators. */
@ApiTags('Operation')
@Access('public')
@Controller('/health')
export class HealthController {
  constructor(private readonly health: HealthReader) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Ask how the gateway is', description: 'Version, uptime, store and traffic; no secrets.' })
  @ApiResponse({ status: 200, description: 'Well.', content: { 'application/json': { example: HEALTH_EXAMPLE } } })
  @ApiResponse({
    status: UNAVAILABLE,
    description: 'Not well, or being stopped; `details` says what is wrong.',
    content: { 'application/json': { example: UNHEALTHY_EXAMPLE } },
  })
  read(@Res({ passthrough: true }) response: Response): GatewayHealth {
    const health = this.health.read();
    if (health.status !== 'ok') response.status(UNAVAILABLE);
    return health;
  }

  @Get('/live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Ask whether the process lives' })
  @ApiResponse({ status: 200, description: 'It does.', content: { 'application/json': { example: { status: 'ok' } } } })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('/ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Ask whether new calls are taken', description: '503 from the first signal to stop.' })
  @ApiResponse({ status: 200, description: 'Yes.', content: { 'application/json': { example: { status: 'ok' } } } })
  @ApiResponse({
    status: UNAVAILABLE,
    description: 'No.',
    content: { 'application/json': { example: { status: 'shutting_down' } } },
  })
  ready(@Res({ passthrough: true }) response: Response): Pick<GatewayHealth, 'status'> {
    const { status } = this.health.read();
    if (status !== 'ok') response.status(UNAVAILABLE);
    return { status };
  }
}
