import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, UsePipes } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import type { PriceList, PriceRow } from '../../libs/contracts/prices.js';
import { Auditor } from '../auth/auditor.js';
import { PageQueryDto } from '../http/page-query.dto.js';
import { pageOf } from '../catalog/page-of.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { SetPriceDto } from './dto/price.dto.js';
import { PriceOverridesService, type Rates } from './price-overrides.service.js';
import { RepricingService, type Repriced } from './repricing.service.js';
import { UnpricedModels, type UnpricedModel } from './unpriced-models.service.js';

const EXAMPLE = {
  model: 'local/llama-3*',
  input: 0.2,
  cachedInput: null,
  cacheWrite: null,
  output: 0.6,
  source: 'administrator',
};

const UNPRICED_EXAMPLE = {
  model: 'my-model',
  upstream: 'local',
  requests: 12,
  firstUsedAt: '2026-11-01T08:02:11.040Z',
  lastUsedAt: '2026-11-24T14:03:27.512Z',
};

const MODEL = {
  name: 'model',
  description: "Model id as the upstream names it, or a glob; either may follow an upstream's name and a slash (%2F).",
  example: 'my-model',
};

export interface PricesAnswer extends PriceList {
  readonly unpriced: readonly UnpricedModel[];
}

/** The prices that administrators set over those of the package. */
@ApiTags('Prices')
@Controller('api/prices')
@Access('admin')
@UsePipes(ApiValidationPipe)
export class PricesController {
  constructor(
    private readonly overrides: PriceOverridesService,
    private readonly unpriced: UnpricedModels,
    private readonly repricing: RepricingService,
    private readonly auditor: Auditor,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Overrides, and models whose calls have no cost',
    description:
      '`data` are the overrides of the configuration and those set here, by model; `source` says which. `unpriced` are ' +
      'the models with calls that have no cost, most calls first. USD per million tokens.',
  })
  @ApiOkResponse({ schema: { example: { data: [EXAMPLE], nextCursor: null, unpriced: [UNPRICED_EXAMPLE] } } })
  async list(@Query() query: PageQueryDto): Promise<PricesAnswer> {
    const page = pageOf(this.overrides.list(), ({ model }) => model, query);
    return { ...page, unpriced: await this.unpriced.list() };
  }

  @Put(':model')
  @ApiOperation({ summary: 'Set the price of a model id or glob, over every other source, from the next call on' })
  @ApiParam(MODEL)
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  async set(@Req() request: Request, @Param('model') model: string, @Body() dto: SetPriceDto): Promise<PriceRow> {
    const rates = ratesOf(dto);
    const row = await this.overrides.set(model, rates);
    await this.auditor.record(request, 'price.set', model, rates);
    return row;
  }

  @Delete(':model')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an override that was set here; what it hid holds again' })
  @ApiParam(MODEL)
  @ApiNoContentResponse({ description: 'It is removed.' })
  @ApiNotFoundResponse({ description: 'None was set here for this model.' })
  async remove(@Req() request: Request, @Param('model') model: string): Promise<void> {
    await this.overrides.remove(model);
    await this.auditor.record(request, 'price.remove', model, null);
  }

  @Post(':model/reprice')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Count past calls of a model that have no cost at the price that holds now',
    description:
      'Costs that are known stay as they are. Rows and all sums change together. Calls that are no longer in the log ' +
      'stay without a cost.',
  })
  @ApiParam(MODEL)
  @ApiOkResponse({ schema: { example: { model: 'my-model', repriced: 12, costUsd: 0.0412, unpriced: 0 } } })
  async reprice(@Req() request: Request, @Param('model') model: string): Promise<Repriced> {
    const done = await this.repricing.reprice(model);
    const { repriced, costUsd } = done;
    await this.auditor.record(request, 'price.reprice', model, { repriced, costUsd });
    return done;
  }
}

/** The rates that are there; null is the same as absent. */
function ratesOf(dto: SetPriceDto): Rates {
  return Object.fromEntries(
    Object.entries(dto).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
