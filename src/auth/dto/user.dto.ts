import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import type { BudgetPeriod } from '../../../libs/contracts/keys.js';
import { IfPresent, IfSet, IsUsd } from './rules.js';

const PERIODS: readonly BudgetPeriod[] = ['day', 'week', 'month', 'total'];

export class UpdateUserDto {
  @ApiPropertyOptional({ description: 'Off: every session and key of the person ends at once.', example: true })
  @IfPresent()
  @IsBoolean({ message: 'disabled is true or false' })
  disabled?: boolean;

  @ApiPropertyOptional({ nullable: true, description: 'USD per period; null removes the budget.', example: 20 })
  @IfSet()
  @IsUsd()
  budgetUsd?: number | null;

  @ApiPropertyOptional({ enum: PERIODS, description: 'Calendar period in UTC.', example: 'month' })
  @IfPresent()
  @IsIn(PERIODS, { message: 'budgetPeriod is day, week, month or total' })
  budgetPeriod?: BudgetPeriod;
}
