import type { IncomingMessage } from 'node:http';
import { Controller, Get, Param, Query, Req, UsePipes } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Costs, KeyCostRow } from '../../libs/contracts/costs.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { contextOf } from '../http/request-context.js';
import { COSTS_EXAMPLE, KEY_COSTS_EXAMPLE } from './api-examples.js';
import { CostsService } from './costs.service.js';
import { CostsQueryDto } from './dto/costs-query.dto.js';
import { shownKeyOf } from './shown-key.js';

@ApiTags('Costs')
@Controller('api/costs')
@UsePipes(ApiValidationPipe)
export class CostsController {
  constructor(private readonly costs: CostsService) {}

  @Get()
  @Access('known')
  @ApiOperation({
    summary: 'Sum calls by key, model, day …',
    description:
      'Administrators see all calls, everybody else their own. Days and hours are UTC. `costUsd` is the known part; `unpricedRequests` have no known cost.',
  })
  @ApiOkResponse({ schema: { example: COSTS_EXAMPLE } })
  list(@Query() query: CostsQueryDto, @Req() request: IncomingMessage): Promise<Costs> {
    return this.costs.list(query, contextOf(request).caller);
  }

  @Get(':key')
  @Access('known')
  @ApiOperation({ summary: 'Sum the calls of one key' })
  @ApiParam({ name: 'key', description: "A key id, `me`, or the caller's own key itself.", example: 'me' })
  @ApiOkResponse({ schema: { example: KEY_COSTS_EXAMPLE } })
  ofKey(@Param('key') key: string, @Req() request: IncomingMessage): Promise<KeyCostRow> {
    return this.costs.ofKey(key, contextOf(request).caller, shownKeyOf(request));
  }
}
