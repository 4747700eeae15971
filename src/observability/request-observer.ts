import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../http/request-context.js';

@Injectable()
export class RequestObserver {
  observe(_context: RequestContext): void {}
}
