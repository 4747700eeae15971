import { Module } from '@nestjs/common';
import { PersonalRecords } from '../http/personal-records.js';
import { PersonalRecordsService } from './personal-records.service.js';
import { PromptLogController } from './prompt-log.controller.js';
import { PromptLogService } from './prompt-log.service.js';
import { RetentionService } from './retention.service.js';

/** What was asked and answered: previews, their retention, and reading them back. */
@Module({
  controllers: [PromptLogController],
  providers: [PromptLogService, RetentionService, { provide: PersonalRecords, useClass: PersonalRecordsService }],
  exports: [PersonalRecords],
})
export class PromptLogModule {}
