import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, UsePipes } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { CredentialList, CredentialRow } from '../../libs/contracts/credentials.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { contextOf } from '../http/request-context.js';
import { CredentialProbe, type ProbeResult } from './credential-probe.js';
import { SaveCredentialDto } from './dto/credential.dto.js';
import { SavedCredentialsService } from './saved-credentials.service.js';

const EXAMPLE = {
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-4o',
  last4: 'abcd',
  isDefault: true,
};

/** The providers' keys that the signed-in person has saved. */
@ApiTags('Me')
@Controller('api/me/credentials')
@Access('person')
@UsePipes(ApiValidationPipe)
export class CredentialsController {
  constructor(
    private readonly credentials: SavedCredentialsService,
    private readonly probe: CredentialProbe,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List what you have saved; keys are never shown' })
  @ApiOkResponse({ schema: { example: { data: [EXAMPLE] } } })
  async list(@Req() request: Request): Promise<CredentialList> {
    return { data: await this.credentials.list(personOf(request)) };
  }

  @Put()
  @ApiOperation({ summary: 'Save a provider’s key, or change what is saved; a new base URL drops the key' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  save(@Req() request: Request, @Body() dto: SaveCredentialDto): Promise<CredentialRow> {
    return this.credentials.save(personOf(request), dto);
  }

  @Post(':provider/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try what is saved: asks the provider for its models and says plainly what is wrong' })
  @ApiOkResponse({ schema: { example: { ok: true, message: 'api.openai.com accepts this key.', models: 92 } } })
  test(@Req() request: Request, @Param('provider') provider: string): Promise<ProbeResult> {
    return this.probe.probe(personOf(request), provider);
  }

  @Delete(':provider')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete what is saved for a provider' })
  remove(@Req() request: Request, @Param('provider') provider: string): Promise<void> {
    return this.credentials.remove(personOf(request), provider);
  }
}

/** The access rule lets only people in, and a person's key id is the person's own. */
function personOf(request: Request): string {
  return contextOf(request).caller.keyId;
}
