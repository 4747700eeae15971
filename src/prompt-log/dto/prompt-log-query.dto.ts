import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import type { RequestStatus } from '../../../libs/contracts/prompt-log.js';
import { PageQueryDto } from '../../http/page-query.dto.js';
import { REQUEST_STATUSES } from '../../storage/request-statuses.js';

export class PromptLogQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: 'As the caller named it.', example: 'gpt-4o' })
  @IsOptional()
  @IsString()
  @MaxLength(512)
  model?: string;

  @ApiPropertyOptional({ description: 'A key id; `me` is the own one.', example: 'key_7f3a' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  key?: string;

  @ApiPropertyOptional({ description: "A person's id.", example: 'usr_2b9c' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  user?: string;

  @ApiPropertyOptional({ enum: REQUEST_STATUSES, example: 'failed' })
  @IsOptional()
  @IsIn(REQUEST_STATUSES)
  status?: RequestStatus;

  @ApiPropertyOptional({ description: 'Calls that began then or later, ISO 8601.', example: '2026-11-24T00:00:00Z' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ description: 'Calls that began earlier.', example: '2026-11-25T00:00:00Z' })
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  @ApiPropertyOptional({ description: 'A request id: only calls that began before that one.' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  before?: string;

  @ApiPropertyOptional({ description: 'A request id: only calls recorded after that one, for a live list.' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  after?: string;
}
