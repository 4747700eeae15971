import { Module } from '@nestjs/common';

/** What was asked and answered: previews, their retention, and reading them back. */
@Module({})
export class PromptLogModule {}
