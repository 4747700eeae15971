import { Controller, Get, Param, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../auth/api-key.guard.js';
import { KeyThrottlerGuard } from '../auth/key-throttler.guard.js';
import { PIPELINE_ENDPOINT } from '../http/pipeline-endpoint.js';
import type { RequestContext } from '../http/request-context.js';
import { ModelNotFoundError } from '../http/request-errors.js';
import { AdmissionGuard } from './admission.guard.js';
import { EndpointNameGuard } from './endpoint-name.guard.js';
import { Context } from './gateway-endpoint.decorator.js';
import { ModelCatalog, type ListedModel } from './model-catalog.service.js';

/** The models that the caller may use, in OpenAI's shape. */
@ApiTags('Models')
@SetMetadata(PIPELINE_ENDPOINT, { path: '/v1/models' })
@UseGuards(EndpointNameGuard, AdmissionGuard, ApiKeyGuard, KeyThrottlerGuard)
@Controller()
export class ModelsController {
  constructor(private readonly catalog: ModelCatalog) {}

  @Get('/v1/models')
  @ApiOperation({ summary: 'List the models that the caller may use' })
  async list(@Context() context: RequestContext): Promise<{ object: 'list'; data: readonly ListedModel[] }> {
    return { object: 'list', data: await this.catalog.list(context.caller) };
  }

  @Get('/v1/models/*id')
  @ApiOperation({ summary: 'Describe one model' })
  async get(@Context() context: RequestContext, @Param('id') id: string | readonly string[]): Promise<ListedModel> {
    const wanted = typeof id === 'string' ? id : id.join('/');
    const model = (await this.catalog.list(context.caller)).find((one) => one.id === wanted);
    if (!model) throw new ModelNotFoundError(wanted);
    return model;
  }
}
