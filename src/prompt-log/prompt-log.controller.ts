import type { IncomingMessage } from 'node:http';
import { Controller, Get, Query, Req, UsePipes } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PromptLog } from '../../libs/contracts/prompt-log.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { contextOf } from '../http/request-context.js';
import { REQUEST_ROW_EXAMPLE } from '../storage/request-row.example.js';
import { PromptLogQueryDto } from './dto/prompt-log-query.dto.js';
import { PromptLogService } from './prompt-log.service.js';

@ApiTags('Requests')
@Controller('api/prompt-log')
@UsePipes(ApiValidationPipe)
export class PromptLogController {
  constructor(private readonly log: PromptLogService) {}

  @Get()
  @Access('known')
  @ApiOperation({
    summary: 'The last calls, newest first',
    description:
      "Administrators see all calls, everybody else their own. Previews are shown of the caller's own calls only; another's text is read at `/api/requests/{id}`.",
  })
  @ApiOkResponse({ schema: { example: { data: [REQUEST_ROW_EXAMPLE], nextCursor: null } } })
  list(@Query() query: PromptLogQueryDto, @Req() request: IncomingMessage): Promise<PromptLog> {
    return this.log.list(query, contextOf(request).caller);
  }
}
