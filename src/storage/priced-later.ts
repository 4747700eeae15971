import type { RequestEntity } from './entities/request.entity.js';

/** A call whose cost was unknown when it ended, and is known now. */
export interface PricedLater {
  readonly row: RequestEntity;
  /** Integer nano-USD. */
  readonly costNanoUsd: number;
  /** JSON of the price used. */
  readonly price: string;
}
