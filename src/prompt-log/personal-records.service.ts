import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PersonalRecords } from '../http/personal-records.js';
import { RequestEntity } from '../storage/entities/request.entity.js';

/** Erases what a person wrote and was answered; the rows and their sums stay. */
@Injectable()
export class PersonalRecordsService implements PersonalRecords {
  constructor(private readonly dataSource: DataSource) {}

  async eraseTextsOf(userId: string): Promise<void> {
    await this.dataSource
      .getRepository(RequestEntity)
      .update({ userId }, { promptPreview: null, responsePreview: null, errorMessage: null });
  }
}
