import type { IncomingMessage } from 'node:http';
import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../http/access.decorator.js';
import { contextOf } from '../http/request-context.js';
import { NotFoundError } from '../http/request-errors.js';
import { RequestEntity } from '../storage/entities/request.entity.js';
import { isOwnRow, rowScopeOf } from '../storage/row-scope.js';
import { REQUEST_RECORD_EXAMPLE } from './api-examples.js';
import { ReadingAudit } from './reading-audit.service.js';
import { toRequestRecord, type WholeRequest } from './request-record.js';

@ApiTags('Requests')
@Controller('api/requests')
export class RequestsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: ReadingAudit,
  ) {}

  @Get(':id')
  @Access('known')
  @ApiOperation({
    summary: 'One call whole: tokens, cost and price, tries, timings, route and limits',
    description: "Readable as soon as the answer has ended. An administrator's reading of another's text is audited.",
  })
  @ApiParam({ name: 'id', description: 'The `X-Request-Id` of the answer.', example: REQUEST_RECORD_EXAMPLE.requestId })
  @ApiOkResponse({ schema: { example: REQUEST_RECORD_EXAMPLE } })
  @ApiNotFoundResponse({ description: "There is no such call, or it is another's." })
  async read(@Param('id') id: string, @Req() request: IncomingMessage): Promise<WholeRequest> {
    const { caller, clientAddress } = contextOf(request);
    const row = await this.dataSource.getRepository(RequestEntity).findOneBy({ requestId: id });
    const isOwn = row !== null && isOwnRow(row, caller);
    if (!row || !(isOwn || rowScopeOf(caller).of === 'all')) {
      throw new NotFoundError('There is no such request, or it is not yours to see.');
    }
    const hasText = row.promptPreview !== null || row.responsePreview !== null;
    if (!isOwn && hasText) await this.audit.recordReading(row.requestId, caller, clientAddress);
    return toRequestRecord(row, true);
  }
}
