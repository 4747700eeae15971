import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { getOptionsToken, getStorageToken } from '@nestjs/throttler';
import { SavedCredentials } from '../http/saved-credentials.js';
import { AccessGuard } from './access.guard.js';
import { ApiCallers } from './api-callers.service.js';
import { Auditor } from './auditor.js';
import { BUILDING_BLOCKS } from './building-blocks.js';
import { ClientKeys } from './client-keys.service.js';
import { CredentialProbe } from './credential-probe.js';
import { CredentialsController } from './credentials.controller.js';
import { IssuedKeys } from './issued-keys.service.js';
import { KeyAdministration } from './key-administration.service.js';
import { KeysController } from './keys.controller.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { PersonalDataEraser } from './personal-data-eraser.js';
import { SavedCredentialsService } from './saved-credentials.service.js';
import { SecretService } from './secret.service.js';
import { SignInController } from './sign-in.controller.js';
import { SignedInPeople } from './signed-in.service.js';
import { SpendingReader } from './spending-reader.js';
import { UserAdministration } from './user-administration.service.js';
import { UserRows } from './user-rows.service.js';
import { UsersController } from './users.controller.js';

/**
 * Who calls, what they may do, and how often. Global, for the guards of a pipeline are made in the module of its
 * controllers, and routing asks for saved credentials by their seam.
 */
@Global()
@Module({
  controllers: [SignInController, MeController, CredentialsController, KeysController, UsersController],
  providers: [
    ...BUILDING_BLOCKS,
    IssuedKeys,
    ClientKeys,
    SignedInPeople,
    ApiCallers,
    SavedCredentialsService,
    { provide: SavedCredentials, useExisting: SavedCredentialsService },
    CredentialProbe,
    SpendingReader,
    Auditor,
    KeyAdministration,
    UserRows,
    UserAdministration,
    MeService,
    PersonalDataEraser,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [SecretService, ClientKeys, SignedInPeople, SavedCredentials, getStorageToken(), getOptionsToken()],
})
export class AuthModule {}
