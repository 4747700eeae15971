import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQueryDto } from '../../http/page-query.dto.js';
import { IfPresent, IsMoment } from '../../auth/dto/rules.js';

export class AuditQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: "A person's address, `admin key` or `loopback`.", example: 'ann@example.com' })
  @IsOptional()
  @IsString()
  @MaxLength(320)
  actor?: string;

  @ApiPropertyOptional({ description: 'What was done.', example: 'key.create' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  action?: string;

  @ApiPropertyOptional({ description: 'To what: the id of a key, a person or a call.', example: 'key_7f3a' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  target?: string;

  @ApiPropertyOptional({ description: 'Then or later, ISO 8601.', example: '2026-11-24T00:00:00Z' })
  @IfPresent()
  @IsMoment()
  from?: string;

  @ApiPropertyOptional({ description: 'Earlier than that.', example: '2026-11-25T00:00:00Z' })
  @IfPresent()
  @IsMoment()
  to?: string;
}
