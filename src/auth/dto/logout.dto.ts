import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';

export class LogoutDto {
  @ApiPropertyOptional({ description: 'End every session of the person, on all devices.', example: true })
  @IsOptional()
  @IsBoolean()
  everywhere?: boolean;
}
