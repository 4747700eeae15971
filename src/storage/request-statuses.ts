import type { RequestStatus } from '../../libs/contracts/prompt-log.js';

/** Every way in which a call can end. */
export const REQUEST_STATUSES: readonly RequestStatus[] = ['ok', 'partial', 'aborted', 'failed', 'rejected', 'unknown'];
