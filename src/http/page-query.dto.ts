import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

const MESSAGE = 'limit is a whole number from 1 to 1000';

/** What every list of the management API takes; a list with larger positions has a cursor of its own. */
export class PageQueryDto {
  @ApiPropertyOptional({ description: 'Rows of one page, 1–1000.', default: 100, example: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: MESSAGE })
  @Min(1, { message: MESSAGE })
  @Max(1_000, { message: MESSAGE })
  limit?: number;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before.' })
  @IsOptional()
  @IsString({ message: 'cursor is the nextCursor of the page before' })
  @MaxLength(256, { message: 'cursor is the nextCursor of the page before' })
  cursor?: string;
}
