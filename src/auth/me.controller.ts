import { Controller, Delete, Get, HttpCode, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Me } from '../../libs/contracts/me.js';
import { Access } from '../http/access.decorator.js';
import { contextOf } from '../http/request-context.js';
import { MeService } from './me.service.js';
import { PersonalDataEraser } from './personal-data-eraser.js';

const PERSON_EXAMPLE = {
  kind: 'person',
  role: 'member',
  id: 'usr_3fQ2mXb0Zt5nJxkq1w8a',
  name: 'Ann Example',
  email: 'ann@example.com',
  limits: {
    rpm: 60,
    tpm: null,
    maxParallel: null,
    budgetUsd: null,
    budgetPeriod: null,
    spentUsd: null,
    resetsAt: null,
  },
  access: 'open',
  signIn: true,
  demo: true,
  loopbackAdmin: false,
  allowedDomains: ['example.com'],
};

/** Who the caller is, and what this installation offers. */
@ApiTags('Me')
@Controller('api/me')
export class MeController {
  constructor(
    private readonly me: MeService,
    private readonly eraser: PersonalDataEraser,
  ) {}

  @Get()
  @Access('public')
  @ApiOperation({ summary: 'Who you are here, and what this installation offers; also without a session' })
  @ApiOkResponse({ schema: { example: PERSON_EXAMPLE } })
  show(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Me> {
    return this.me.show(request, response);
  }

  @Delete('data')
  @Access('person')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete your data: texts of your calls, saved credentials, keys, name and address. Ends every session',
  })
  async erase(@Req() request: Request): Promise<void> {
    await this.eraser.erase(contextOf(request).caller.keyId, request);
  }
}
