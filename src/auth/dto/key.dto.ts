import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import type { BudgetPeriod } from '../../../libs/contracts/keys.js';
import { IfPresent, IfSet, IsLimit, IsLine, IsMoment, IsTags, IsUsd } from './rules.js';

const PERIODS: readonly BudgetPeriod[] = ['day', 'week', 'month', 'total'];
const MAX_MODELS = 200;
const MAX_GRACE_SECONDS = 30 * 24 * 60 * 60;

/** Everything about a key but its name. */
class KeySettingsDto {
  @ApiPropertyOptional({
    nullable: true,
    description: 'Whoever it is for: a name, or the id or address of a person, to whom its calls are then accounted.',
    example: 'ann@example.com',
  })
  @IfSet()
  @IsLine(320)
  owner?: string | null;

  @ApiPropertyOptional({
    nullable: true,
    type: [String],
    description: 'Globs of model ids that it may use; absent or null means every model.',
    example: ['gpt-4o*', 'demo'],
  })
  @IfSet()
  @IsArray({ message: 'models is a list of model ids or globs' })
  @ArrayNotEmpty({ message: 'models must not be empty: leave it out to allow every model' })
  @ArrayMaxSize(MAX_MODELS, { message: `models holds at most ${MAX_MODELS} entries` })
  @IsString({ each: true, message: 'models is a list of model ids or globs' })
  @Length(1, 256, { each: true, message: 'each of models has 1 to 256 characters' })
  models?: string[] | null;

  @ApiPropertyOptional({
    nullable: true,
    description: 'USD per period; 0 means that nothing may be spent.',
    example: 5,
  })
  @IfSet()
  @IsUsd()
  budgetUsd?: number | null;

  @ApiPropertyOptional({ enum: PERIODS, description: 'Calendar period in UTC; `month` when absent.', example: 'day' })
  @IfPresent()
  @IsIn(PERIODS, { message: 'budgetPeriod is day, week, month or total' })
  budgetPeriod?: BudgetPeriod;

  @ApiPropertyOptional({ nullable: true, description: 'Requests per minute.', example: 120 })
  @IfSet()
  @IsLimit()
  rpm?: number | null;

  @ApiPropertyOptional({ nullable: true, description: 'Tokens per minute.', example: 100_000 })
  @IfSet()
  @IsLimit()
  tpm?: number | null;

  @ApiPropertyOptional({ nullable: true, description: 'Calls at the same time.', example: 4 })
  @IfSet()
  @IsLimit()
  maxParallel?: number | null;

  @ApiPropertyOptional({ nullable: true, description: 'When it ends, ISO 8601.', example: '2027-01-31T00:00:00Z' })
  @IfSet()
  @IsMoment()
  expiresAt?: string | null;

  @ApiPropertyOptional({ type: Object, description: 'Tags of every call with it.', example: { team: 'search' } })
  @IfPresent()
  @IsTags()
  tags?: Record<string, string>;
}

export class CreateKeyDto extends KeySettingsDto {
  @ApiProperty({ description: 'How lists show it.', example: 'Invoice parser' })
  @IsLine(128)
  name!: string;
}

export class UpdateKeyDto extends KeySettingsDto {
  @ApiPropertyOptional({ example: 'Invoice parser' })
  @IfPresent()
  @IsLine(128)
  name?: string;

  @ApiPropertyOptional({ description: 'Off: calls with it are 401 `key_disabled`.', example: true })
  @IfPresent()
  @IsBoolean({ message: 'disabled is true or false' })
  disabled?: boolean;
}

export class RotateKeyDto {
  @ApiPropertyOptional({ description: 'How long the old key lives on, s; 0 when absent.', example: 3_600 })
  @IsOptional()
  @IsInt({ message: 'graceSeconds is a whole number of seconds' })
  @Min(0, { message: 'graceSeconds is at least 0' })
  @Max(MAX_GRACE_SECONDS, { message: `graceSeconds is at most ${MAX_GRACE_SECONDS}` })
  graceSeconds?: number;
}
