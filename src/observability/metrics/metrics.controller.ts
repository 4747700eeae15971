import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../../http/access.decorator.js';
import { MetricsRegistry } from './metrics-registry.js';

/** The metrics as Prometheus reads them. */
@ApiTags('Operation')
@Controller()
export class MetricsController {
  constructor(private readonly metrics: MetricsRegistry) {}

  @Get('/metrics')
  @Access('admin')
  @ApiOperation({ summary: 'Read the metrics', description: 'Prometheus text format, for administrators.' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'All metrics.', schema: { type: 'string' } })
  async read(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.setHeader('Content-Type', this.metrics.registry.contentType);
    response.setHeader('Cache-Control', 'no-store');
    return this.metrics.registry.metrics();
  }
}
