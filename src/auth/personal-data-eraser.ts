import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { findSeam } from '../http/optional-seam.js';
import { PersonalRecords } from '../http/personal-records.js';
import { Auditor } from './auditor.js';
import { KeyAdministration } from './key-administration.service.js';
import { People } from './people.service.js';
import { SavedCredentialsService } from './saved-credentials.service.js';
import { Sessions } from './sessions.service.js';

/** Deletes what is kept of a person. What calls have cost stays, under an id that nobody can be told by. */
@Injectable()
export class PersonalDataEraser {
  constructor(
    private readonly modules: ModuleRef,
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly credentials: SavedCredentialsService,
    private readonly keys: KeyAdministration,
    private readonly auditor: Auditor,
  ) {}

  async erase(userId: string, request: IncomingMessage): Promise<void> {
    await findSeam<PersonalRecords>(this.modules, PersonalRecords)?.eraseTextsOf(userId);
    await this.credentials.removeAllOf(userId);
    await this.keys.removeAllOf(userId);
    await this.auditor.recordAs(userId, request, 'user.erase', userId, null);
    await this.people.change(userId, { email: '', name: null });
    // Last: as long as something is left to delete, the person can ask again.
    await this.sessions.endAllOf(userId);
  }
}
