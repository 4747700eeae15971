import { Controller, Get, Query, Req, UsePipes } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { IncomingMessage } from 'node:http';
import type { ModelList } from '../../libs/contracts/models.js';
import type { UpstreamList } from '../../libs/contracts/upstreams.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { contextOf } from '../http/request-context.js';
import { CatalogQueryDto } from './catalog-query.dto.js';
import { MODELS_EXAMPLE, UPSTREAMS_EXAMPLE } from './catalog.examples.js';
import { ModelRows } from './model-rows.service.js';
import { pageOf } from './page-of.js';
import { UpstreamRows } from './upstream-rows.service.js';

/** What there is to chat with, and where it is; without secrets, for whoever may chat. */
@ApiTags('Catalog')
@Access('chatter')
@UsePipes(ApiValidationPipe)
@Controller('/api')
export class CatalogController {
  constructor(
    private readonly models: ModelRows,
    private readonly upstreams: UpstreamRows,
  ) {}

  @Get('/models')
  @ApiOperation({
    summary: 'List the models with their prices',
    description: 'Every id that `/v1` takes from this caller. Prices are USD per million tokens; `null` is unknown.',
  })
  @ApiResponse({ status: 200, description: 'Models.', content: { 'application/json': { example: MODELS_EXAMPLE } } })
  listModels(@Query() query: CatalogQueryDto, @Req() request: IncomingMessage): Promise<ModelList> {
    return this.models.list(contextOf(request).caller, query);
  }

  @Get('/upstreams')
  @ApiOperation({
    summary: 'List the upstreams with their health',
    description: 'Health is what was seen in the last five minutes. A credential is named by where it comes from.',
  })
  @ApiResponse({
    status: 200,
    description: 'Upstreams.',
    content: { 'application/json': { example: UPSTREAMS_EXAMPLE } },
  })
  listUpstreams(@Query() query: CatalogQueryDto, @Req() request: IncomingMessage): UpstreamList {
    const rows = this.upstreams.list(contextOf(request).caller);
    const positions = new Map(rows.map(({ name }, position) => [name, position]));
    return pageOf(rows, ({ name }) => positions.get(name) ?? 0, query);
  }
}
