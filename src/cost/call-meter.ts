import type { Observer, Subscriber } from 'rxjs';
import type { TokenUsage } from '../../libs/usage/token-usage.js';
import type { AnswerEvent } from '../http/answer-event.js';
import type { RequestContext } from '../http/request-context.js';
import { toGatewayError } from '../http/to-gateway-error.js';
import type { CallOutcome } from './call-outcome.js';
import type { CallReservation } from './call-reservation.js';
import { withUsageCost } from './cost-in-answer.js';
import type { CostService } from './cost.service.js';
import { ReceivedText } from './received-text.js';

/** The client went away before its answer was whole. */
const CLIENT_LEFT = 499;

/**
 * Watches the events of one answer, and settles its row once, before the client can know that the answer is whole:
 * the last event, the end and the error are held back until the row is committed.
 */
export class CallMeter implements Observer<AnswerEvent> {
  usage: TokenUsage | undefined;
  /** Text that came after the last report of usage. */
  readonly unreported = new ReceivedText();
  hasAnswered = false;
  private readonly reservation: CallReservation | undefined;
  private settlement: Promise<void> | undefined;

  constructor(
    readonly context: RequestContext,
    private readonly costs: CostService,
    private readonly out: Subscriber<AnswerEvent>,
  ) {
    this.reservation = costs.reservationOf(context);
  }

  next(event: AnswerEvent): void {
    if (this.settlement) return;
    if (event.data.length > 0) this.hasAnswered = true;
    this.unreported.add(event.text);
    this.reservation?.grow(event.text);
    if (event.usage) {
      this.reservation?.report(event.usage);
      this.usage = event.usage;
      this.unreported.clear();
    }
    if (!event.isLast) {
      this.out.next(this.shown(event));
      return;
    }
    void this.settle(this.outcomeOk()).then(() => {
      this.out.next(this.shown(event));
      this.out.complete();
    });
  }

  error(thrown: unknown): void {
    if (this.settlement) return;
    void this.settle(this.outcomeOf(thrown)).then(() => this.out.error(thrown));
  }

  complete(): void {
    if (this.settlement) return;
    void this.settle(this.outcomeOk()).then(() => this.out.complete());
  }

  /** The reader has gone, or the answer was ended from outside. */
  leave(): void {
    if (this.settlement) return;
    const { ended, isCommitted, response } = this.context;
    void this.settle({
      status: ended?.status ?? 'aborted',
      httpStatus: ended?.httpStatus ?? (isCommitted ? response.statusCode : CLIENT_LEFT),
      errorCode: ended?.errorCode ?? 'client_closed_request',
      errorMessage: ended ? null : 'The client left before the answer was whole.',
    });
  }

  private settle(outcome: CallOutcome): Promise<void> {
    return (this.settlement ??= this.costs.settle(this, outcome));
  }

  /** The event as the client gets it, with its cost where the client asked for it. */
  private shown(event: AnswerEvent): AnswerEvent {
    const { call, wantsCost } = this.context;
    if (!wantsCost || !event.usage || !call) return event;
    const { costNanoUsd } = this.costs.costOf(this.context, event.usage, 'upstream');
    return costNanoUsd === null ? event : { ...event, data: withUsageCost(event.data, call, costNanoUsd) };
  }

  private outcomeOk(): CallOutcome {
    return { status: 'ok', httpStatus: this.context.answerHead?.status ?? 200, errorCode: null, errorMessage: null };
  }

  private outcomeOf(thrown: unknown): CallOutcome {
    const error = toGatewayError(thrown);
    const { isCommitted, response, tries } = this.context;
    return {
      status: this.hasAnswered ? 'partial' : tries.length === 0 ? 'rejected' : 'failed',
      httpStatus: isCommitted ? response.statusCode : error.status,
      errorCode: error.code ?? error.type,
      // Upstreams quote what they were sent, so their words are text of the request.
      errorMessage: error.source === 'upstream' && !this.costs.keepsText(this.context) ? null : error.message,
    };
  }
}
