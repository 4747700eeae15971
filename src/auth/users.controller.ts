import { Body, Controller, Get, Param, Patch, Query, Req, UsePipes } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Page } from '../../libs/contracts/lists.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { askedIn, Auditor } from './auditor.js';
import { PageQueryDto } from '../http/page-query.dto.js';
import { UpdateUserDto } from './dto/user.dto.js';
import { UserAdministration } from './user-administration.service.js';
import type { ShownUser } from './user-rows.service.js';

const EXAMPLE = {
  id: 'usr_3fQ2mXb0Zt5nJxkq1w8a',
  name: 'Ann Example',
  email: 'ann@example.com',
  role: 'member',
  spentMonthUsd: 12.08,
  budgetUsd: 20,
  budgetPeriod: 'month',
  spentUsd: 12.08,
  resetsAt: '2026-12-01T00:00:00.000Z',
  keys: 2,
  lastSeenAt: '2026-11-24T14:05:01.004Z',
  disabled: false,
};

/** The people who have signed in, for administrators. */
@ApiTags('People')
@Controller('api/users')
@Access('admin')
@UsePipes(ApiValidationPipe)
export class UsersController {
  constructor(
    private readonly users: UserAdministration,
    private readonly auditor: Auditor,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List people, newest first' })
  @ApiOkResponse({ schema: { example: { data: [EXAMPLE], nextCursor: null } } })
  list(@Query() query: PageQueryDto): Promise<Page<ShownUser>> {
    return this.users.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one person' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  get(@Param('id') id: string): Promise<ShownUser> {
    return this.users.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Give a person a budget, or switch them off: sessions and keys end at once' })
  @ApiOkResponse({ schema: { example: EXAMPLE } })
  async update(@Req() request: Request, @Param('id') id: string, @Body() dto: UpdateUserDto): Promise<ShownUser> {
    const user = await this.users.update(id, dto);
    await this.auditor.record(request, actionOf(dto), id, askedIn(dto));
    return user;
  }
}

function actionOf({ disabled }: UpdateUserDto): string {
  if (disabled === undefined) return 'user.update';
  return disabled ? 'user.disable' : 'user.enable';
}
