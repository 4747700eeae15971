import type { IncomingMessage } from 'node:http';
import { Controller, Get, Query, Req, UsePipes } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Costs } from '../../libs/contracts/costs.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { contextOf } from '../http/request-context.js';
import { OWN_USAGE_EXAMPLE } from './api-examples.js';
import { CostsService } from './costs.service.js';
import { UsageRangeDto } from './dto/costs-query.dto.js';

@ApiTags('Me')
@Controller('api/me/usage')
@UsePipes(ApiValidationPipe)
export class MeUsageController {
  constructor(private readonly costs: CostsService) {}

  @Get()
  @Access('known')
  @ApiOperation({ summary: "Sum the caller's own calls by day and model" })
  @ApiOkResponse({ schema: { example: OWN_USAGE_EXAMPLE } })
  read(@Query() query: UsageRangeDto, @Req() request: IncomingMessage): Promise<Costs> {
    return this.costs.own(query, contextOf(request).caller);
  }
}
