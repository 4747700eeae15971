import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const LIMIT = 'limit is a whole number from 1 to 1000';
const CURSOR = 'cursor is the nextCursor of the page before';
const MAX_CURSOR_CHARS = 1_024;

export class CatalogQueryDto {
  @ApiPropertyOptional({ description: 'Rows of one page, 1–1000.', default: 100, example: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: LIMIT })
  @Min(1, { message: LIMIT })
  @Max(1_000, { message: LIMIT })
  limit?: number;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before.' })
  @IsOptional()
  @IsString({ message: CURSOR })
  @MaxLength(MAX_CURSOR_CHARS, { message: CURSOR })
  cursor?: string;
}
