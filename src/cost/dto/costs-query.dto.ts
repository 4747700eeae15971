import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { RequestStatus } from '../../../libs/contracts/prompt-log.js';
import { REQUEST_STATUSES } from '../../storage/request-statuses.js';

const GROUP = '(?:key|model|upstream|user|tag|day|hour|status)';
const GROUPS = new RegExp(`^(${GROUP})(?:,(?!\\1$)${GROUP})?$`);

/** A range of time, for whoever asks for their own sums. */
export class UsageRangeDto {
  @ApiPropertyOptional({ description: 'First moment of the range, ISO 8601.', example: '2026-11-01T00:00:00Z' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ description: 'End of the range; itself outside.', example: '2026-12-01T00:00:00Z' })
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;
}

export class CostsQueryDto extends UsageRangeDto {
  @ApiPropertyOptional({
    description: 'One or two of `key`, `model`, `upstream`, `user`, `tag`, `day`, `hour`, `status`, comma separated.',
    default: 'key',
    example: 'day,model',
  })
  @IsOptional()
  @Matches(GROUPS, {
    message: 'groupBy takes one or two different of key, model, upstream, user, tag, day, hour, status',
  })
  groupBy?: string;

  @ApiPropertyOptional({ description: 'Only calls with this key id; `me` is the own one.', example: 'key_7f3a' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  key?: string;

  @ApiPropertyOptional({ description: 'Only calls that asked for this model.', example: 'gpt-4o' })
  @IsOptional()
  @IsString()
  @MaxLength(512)
  model?: string;

  @ApiPropertyOptional({ description: 'Only calls that this upstream served.', example: 'openai' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  upstream?: string;

  @ApiPropertyOptional({ description: 'Only calls of this person.', example: 'usr_2b9c' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  user?: string;

  @ApiPropertyOptional({ enum: REQUEST_STATUSES, example: 'ok' })
  @IsOptional()
  @IsIn(REQUEST_STATUSES)
  status?: RequestStatus;

  @ApiPropertyOptional({ description: 'Groups on one page.', minimum: 1, maximum: 1000, default: 1000, example: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  cursor?: string;
}
