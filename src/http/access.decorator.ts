import { SetMetadata } from '@nestjs/common';

/**
 * Who may call a handler of the management API. Every handler outside `/v1` carries one; the access guard refuses
 * handlers without, so that a new route cannot be open by accident.
 *
 * - `public`: everybody, without a credential (health, documentation, sign-in).
 * - `chatter`: whoever may chat here (in open access everybody; else an issued key, a person or an administrator).
 * - `known`: a person, a key or an administrator; the handler narrows the rows to the caller's own.
 * - `person`: a signed-in person.
 * - `admin`: an administrator.
 */
export type AccessRule = 'public' | 'chatter' | 'known' | 'person' | 'admin';

export const ACCESS_RULE = 'gateway:access-rule';

export const Access = (rule: AccessRule): MethodDecorator & ClassDecorator => SetMetadata(ACCESS_RULE, rule);
