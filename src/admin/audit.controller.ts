import { Controller, Get, Query, UsePipes } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AuditLog } from '../../libs/contracts/audit.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { AuditLogService } from './audit-log.service.js';
import { AuditQueryDto } from './dto/audit-query.dto.js';

const EXAMPLE = {
  id: 'aud_0mig2k4vx00005f0c9a1b7e2d',
  at: '2026-11-24T14:03:27.512Z',
  actor: 'ann@example.com',
  action: 'key.create',
  target: 'key_3fQ2mXb0Zt5nJxkq1w8a',
  change: { name: 'Invoice parser', budgetUsd: 5, budgetPeriod: 'day' },
  ip: '203.0.113.7',
};

@ApiTags('Audit')
@Controller('api/audit')
@Access('admin')
@UsePipes(ApiValidationPipe)
export class AuditController {
  constructor(private readonly log: AuditLogService) {}

  @Get()
  @ApiOperation({
    summary: 'Who changed what, when and from where; and who read whose text; newest first',
    description: 'Entries are never changed and never deleted. Secrets are not in them.',
  })
  @ApiOkResponse({ schema: { example: { data: [EXAMPLE], nextCursor: null } } })
  list(@Query() query: AuditQueryDto): Promise<AuditLog> {
    return this.log.list(query);
  }
}
