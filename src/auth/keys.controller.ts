import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, UsePipes } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Page } from '../../libs/contracts/lists.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { contextOf } from '../http/request-context.js';
import { askedIn, Auditor } from './auditor.js';
import { CreateKeyDto, RotateKeyDto, UpdateKeyDto } from './dto/key.dto.js';
import { PageQueryDto } from '../http/page-query.dto.js';
import { KeyAdministration } from './key-administration.service.js';
import type { ShownKey } from './key-mapping.js';

const EXAMPLE = {
  id: 'key_9Jt4cXh0Vn2sLq7bRw1m',
  key: 'gw-…abcd',
  name: 'Invoice parser',
  owner: 'ann@example.com',
  userId: 'usr_3fQ2mXb0Zt5nJxkq1w8a',
  models: ['gpt-4o*'],
  budgetUsd: 5,
  budgetPeriod: 'day',
  rpm: 120,
  tpm: null,
  maxParallel: 4,
  expiresAt: '2027-01-31T00:00:00.000Z',
  tags: { team: 'search' },
  disabled: false,
  createdAt: '2026-11-24T14:03:27.512Z',
  spentUsd: 3.2,
  resetsAt: '2026-11-25T00:00:00.000Z',
  lastUsedAt: '2026-11-24T14:05:01.004Z',
  oldKeyExpiresAt: null,
};
const ISSUED_EXAMPLE = { ...EXAMPLE, key: 'gw-mJ3v…(shown this once)…abcd', spentUsd: 0, lastUsedAt: null };

/** Keys that the gateway issues: administrators see and change all, people the ones that they made. */
@ApiTags('Keys')
@Controller('api/keys')
@Access('known')
@UsePipes(ApiValidationPipe)
export class KeysController {
  constructor(
    private readonly keys: KeyAdministration,
    private readonly auditor: Auditor,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Make a key. The answer shows it whole, this once' })
  @ApiCreatedResponse({ schema: { example: ISSUED_EXAMPLE } })
  async create(@Req() request: Request, @Body() dto: CreateKeyDto): Promise<ShownKey> {
    const key = await this.keys.create(dto, contextOf(request).caller);
    await this.auditor.record(request, 'key.create', key.id, askedIn(dto));
    return key;
  }

  @Get()
  @ApiOperation({ summary: 'List keys, newest first' })
  @ApiOkResponse({ schema: { example: { data: [EXAMPLE], nextCursor: null } } })
  list(@Req() request: Request, @Query() query: PageQueryDto): Promise<Page<ShownKey>> {
    return this.keys.list(query, contextOf(request).caller);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one key' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  get(@Req() request: Request, @Param('id') id: string): Promise<ShownKey> {
    return this.keys.get(id, contextOf(request).caller);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a key; absent fields stay, null removes a limit. Holds from the next call on' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  async update(@Req() request: Request, @Param('id') id: string, @Body() dto: UpdateKeyDto): Promise<ShownKey> {
    const key = await this.keys.update(id, dto, contextOf(request).caller);
    await this.auditor.record(request, 'key.update', id, askedIn(dto));
    return key;
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a key a new secret, shown this once; the old one may live on for a while' })
  @ApiOkResponse({ schema: { example: ISSUED_EXAMPLE } })
  async rotate(@Req() request: Request, @Param('id') id: string, @Body() dto: RotateKeyDto): Promise<ShownKey> {
    const key = await this.keys.rotate(id, dto, contextOf(request).caller);
    await this.auditor.record(request, 'key.rotate', id, { graceSeconds: dto.graceSeconds ?? 0 });
    return key;
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a key; the next call with it is 401' })
  async remove(@Req() request: Request, @Param('id') id: string): Promise<void> {
    await this.keys.remove(id, contextOf(request).caller);
    await this.auditor.record(request, 'key.delete', id, null);
  }
}
