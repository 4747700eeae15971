import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNumber, Max, Min } from 'class-validator';
import { IfSet } from '../../auth/dto/rules.js';

const MAX_USD_PER_MILLION = 1_000_000;

function IsRate(): PropertyDecorator {
  const message = `$property is a number of USD per million tokens from 0 to ${MAX_USD_PER_MILLION}`;
  return applyDecorators(
    IsNumber({ allowNaN: false, allowInfinity: false }, { message }),
    Min(0, { message }),
    Max(MAX_USD_PER_MILLION, { message }),
  ) as PropertyDecorator;
}

/** Rates in USD per million tokens; absent or null ones follow the input's or the output's. */
export class SetPriceDto {
  @ApiProperty({ example: 2.5 })
  @IsRate()
  input!: number;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As input when absent.', example: 1.25 })
  @IfSet()
  @IsRate()
  cachedInput?: number | null;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As input when absent.', example: 3.125 })
  @IfSet()
  @IsRate()
  cacheWrite?: number | null;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As cacheWrite when absent.' })
  @IfSet()
  @IsRate()
  cacheWrite1h?: number | null;

  @ApiProperty({ example: 10 })
  @IsRate()
  output!: number;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As output when absent.' })
  @IfSet()
  @IsRate()
  reasoning?: number | null;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As input when absent.' })
  @IfSet()
  @IsRate()
  audioInput?: number | null;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As output when absent.' })
  @IfSet()
  @IsRate()
  audioOutput?: number | null;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As input when absent.' })
  @IfSet()
  @IsRate()
  imageInput?: number | null;

  @ApiPropertyOptional({ nullable: true, type: Number, description: 'As output when absent.' })
  @IfSet()
  @IsRate()
  imageOutput?: number | null;
}
