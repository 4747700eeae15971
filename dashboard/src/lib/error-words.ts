import { ApiError, ConnectionLostError } from './api-error.js';
import { formatDistance, formatDuration } from './duration.js';
import { formatContext, plural } from './figures.js';
import { formatBudget } from './money.js';
import { nearestName } from './nearest-name.js';

/** What may be offered beside an error; the page that shows it decides which of them it can do. */
export type NextStep =
  | 'retry'
  | 'send-when-free'
  | 'send-when-back'
  | 'cancel'
  | 'other-model'
  | 'choose-model'
  | 'larger-model'
  | 'leave-out-older'
  | 'change-key'
  | 'own-key'
  | 'sign-in'
  | 'record'
  | 'continue'
  | 'regenerate'
  | 'raise-limit'
  | 'edit'
  | 'reload';

export interface ErrorWords {
  /** What happened and why, in a sentence or two. */
  readonly text: string;
  /** The gateway's or the provider's own sentence, where it adds something. */
  readonly detail: string | null;
  readonly steps: readonly NextStep[];
  /** ms until the call is free again: a countdown runs. */
  readonly countdownMs: number | null;
  /** One retry by itself is due after this many ms. */
  readonly retriesByItselfAfterMs: number | null;
}

/** What the page knows beyond the error. */
export interface ErrorContext {
  readonly model?: string | undefined;
  readonly models?: readonly string[] | undefined;
  readonly upstream?: string | undefined;
  /** How long the call ran. */
  readonly elapsedMs?: number | undefined;
  readonly promptTokens?: number | undefined;
  readonly contextWindow?: number | null | undefined;
  readonly isSignedIn?: boolean | undefined;
  readonly canSignIn?: boolean | undefined;
  readonly now?: Date | undefined;
  readonly locale?: string | undefined;
}

const none = { detail: null, countdownMs: null, retriesByItselfAfterMs: null };

/** The words for an error and the steps that it offers. Never only "something went wrong". */
export function errorWords(error: unknown, context: ErrorContext = {}): ErrorWords {
  if (error instanceof ConnectionLostError) {
    return { ...none, text: 'No connection to the gateway. Your text is safe.', steps: ['send-when-back', 'retry'] };
  }
  if (error instanceof ApiError) return wordsOf(error, context);
  const message = error instanceof Error ? error.message : String(error);
  return { ...none, text: `The page met an error of its own: ${message}`, steps: ['retry', 'reload'] };
}

function wordsOf(error: ApiError, context: ErrorContext): ErrorWords {
  const upstream = error.facts.upstream ?? context.upstream ?? 'The provider';
  const tries = error.facts.attempts !== null && error.facts.attempts > 1 ? ` (${error.facts.attempts} tries)` : '';
  const detail = error.message;
  const upstreamFailed = (text: string): ErrorWords => ({
    ...none,
    text,
    detail,
    steps: ['retry', 'other-model', 'record'],
  });
  switch (error.code) {
    case 'rate_limit_exceeded':
      return rateLimited(error, upstream);
    case 'budget_exceeded':
      return budgetSpent(error, context);
    case 'invalid_api_key':
      return keyRefused(error, upstream, context);
    case 'key_expired':
      return { ...none, text: 'This key has expired.', detail, steps: keySteps(context) };
    case 'key_disabled':
      return { ...none, text: 'This key was switched off.', detail, steps: keySteps(context) };
    case 'ambiguous_credentials':
      return { ...none, text: 'Two different keys came in one call.', detail, steps: ['change-key'] };
    case 'model_not_allowed':
      return {
        ...none,
        text: `This key may not use ${context.model ?? 'this model'}.`,
        detail,
        steps: ['choose-model', 'change-key'],
      };
    case 'model_not_found':
      return modelNotFound(error, context);
    case 'model_unpriced':
      return {
        ...none,
        text: `${context.model ?? 'This model'} has no price, and unpriced models are switched off.`,
        detail,
        steps: ['choose-model', 'record'],
      };
    case 'admin_only':
      return {
        ...none,
        text: 'Only an administrator may do this.',
        detail,
        steps: context.canSignIn ? ['sign-in'] : [],
      };
    case 'not_found':
      return { ...none, text: 'There is nothing here, or it is not yours to see.', steps: [] };
    case 'cross_site_refused':
      return { ...none, text: 'The gateway took this for a call from a foreign page.', detail, steps: ['reload'] };
    case 'upstream_timeout': {
      const after = context.elapsedMs === undefined ? ' in time' : ` in ${roundSeconds(context.elapsedMs)}`;
      return upstreamFailed(`${upstream} did not answer${after}${tries}.`);
    }
    case 'upstream_unreachable':
      return upstreamFailed(`${upstream} cannot be reached${tries}.`);
    case 'upstream_reset':
      return upstreamFailed(`${upstream} hung up${tries}.`);
    case 'upstream_tls_error':
      return upstreamFailed(`${upstream} shows a bad certificate.`);
    case 'upstream_redirect_refused':
      return upstreamFailed(`${upstream} points to another address, which the gateway does not follow.`);
    case 'upstream_bad_response':
      return upstreamFailed(`${upstream} sent something unreadable.`);
    case 'upstream_auth_failed':
      return {
        ...none,
        text: `${upstream} refused the gateway’s key. An administrator must mend it.`,
        detail,
        steps: ['own-key', 'record'],
      };
    case 'upstream_stream_truncated':
      return { ...none, text: 'The answer broke off here.', detail, steps: ['continue', 'regenerate', 'record'] };
    case 'gateway_overloaded':
      return passing(error, 'The gateway is busy.');
    case 'shutting_down':
      return passing(error, 'The gateway is restarting.');
    case 'storage_unavailable':
      return passing(error, 'The gateway cannot write its records, so it takes no calls.');
    case 'context_length_exceeded':
      return tooLong(error, context);
    case 'payload_too_large':
      return {
        ...none,
        text: 'This is more than the gateway takes in one call.',
        detail,
        steps: ['edit', 'leave-out-older'],
      };
    default:
      return otherwise(error, upstream, tries);
  }
}

function rateLimited(error: ApiError, upstream: string): ErrorWords {
  const fromUpstream = error.facts.source === 'upstream';
  const text = fromUpstream ? `${upstream} takes no more calls for the moment.` : error.message;
  const steps: readonly NextStep[] =
    error.retryAfterMs === null ? ['retry', 'other-model'] : ['send-when-free', 'cancel'];
  return { ...none, text, detail: fromUpstream ? error.message : null, steps, countdownMs: error.retryAfterMs };
}

function budgetSpent(error: ApiError, { now = new Date(), locale }: ErrorContext): ErrorWords {
  const { limitUsd, spentUsd, resetsAt } = error.detail;
  if (limitUsd === undefined) return { ...none, text: error.message, steps: ['change-key', 'record'] };
  const limit = formatBudget(spentUsd ?? limitUsd, limitUsd, locale).limit;
  const spent = limitUsd === 0 ? 'This key may not spend anything.' : `This key’s ${limit} are spent.`;
  if (!resetsAt)
    return { ...none, text: `${spent} The budget does not renew by itself.`, steps: ['change-key', 'record'] };
  const at = new Date(resetsAt);
  const time = at.toISOString().slice(11, 16);
  const text = `${spent} New budget at ${time} UTC, in ${formatDistance(at.getTime() - now.getTime())}.`;
  return { ...none, text, steps: ['change-key', 'record'] };
}

function keyRefused(error: ApiError, upstream: string, context: ErrorContext): ErrorWords {
  if (error.facts.source === 'upstream') {
    return {
      ...none,
      text: `${upstream} does not accept this key.`,
      detail: error.message,
      steps: ['change-key', 'other-model'],
    };
  }
  if (context.isSignedIn)
    return { ...none, text: 'You were signed out; your text is safe.', steps: ['sign-in', 'change-key'] };
  return { ...none, text: 'The gateway does not know this key.', detail: error.message, steps: keySteps(context) };
}

function keySteps(context: ErrorContext): readonly NextStep[] {
  return context.canSignIn ? ['change-key', 'sign-in'] : ['change-key'];
}

function modelNotFound(error: ApiError, { model, models = [] }: ErrorContext): ErrorWords {
  if (!model) return { ...none, text: error.message, steps: ['choose-model'] };
  const near = nearestName(model, models);
  return {
    ...none,
    text: `No model ${model}.${near ? ` Did you mean ${near}?` : ''}`,
    detail: error.message,
    steps: ['choose-model'],
  };
}

function tooLong(error: ApiError, { promptTokens, contextWindow, locale }: ErrorContext): ErrorWords {
  const sizes =
    promptTokens && contextWindow
      ? `≈ ${formatContext(promptTokens, locale)} tokens, the model takes ${formatContext(contextWindow, locale)}.`
      : 'This conversation is longer than the model takes.';
  return { ...none, text: sizes, detail: error.message, steps: ['edit', 'larger-model', 'leave-out-older'] };
}

function passing(error: ApiError, text: string): ErrorWords {
  return {
    ...none,
    text,
    detail: error.message,
    steps: ['retry', 'other-model'],
    retriesByItselfAfterMs: error.retryAfterMs ?? 1000,
  };
}

function otherwise(error: ApiError, upstream: string, tries: string): ErrorWords {
  if (error.status === 429) return rateLimited(error, upstream);
  if (error.status >= 500) {
    const text = error.facts.source === 'gateway' ? error.message : `${upstream} answered ${error.status}${tries}.`;
    return {
      ...none,
      text,
      detail: text === error.message ? null : error.message,
      steps: ['retry', 'other-model', 'record'],
    };
  }
  const field = error.param ? ` (${error.param})` : '';
  return { ...none, text: `${error.message}${field}`, steps: ['edit', 'other-model', 'record'] };
}

function roundSeconds(ms: number): string {
  return ms < 10_000
    ? formatDuration(ms)
    : ms < 600_000
      ? `${Math.round(ms / 1000)} s`
      : plural(Math.round(ms / 60_000), 'minute');
}

/** What a `finish_reason` other than the usual end means to the reader. */
export function finishWords(reason: string | null, maxTokens: number | null, locale?: string): ErrorWords | null {
  switch (reason ?? 'stop') {
    case 'length': {
      const limit = maxTokens === null ? 'its limit' : `the limit of ${plural(maxTokens, 'token', undefined, locale)}`;
      return { ...none, text: `Cut at ${limit}.`, steps: ['continue', 'raise-limit'] };
    }
    case 'content_filter':
      return { ...none, text: 'The provider’s filter stopped it.', steps: ['regenerate', 'edit'] };
    default:
      return null;
  }
}

/** The label of a step's button. */
export const stepLabels: Readonly<Record<NextStep, string>> = {
  retry: 'Try again',
  'send-when-free': 'Send when free',
  'send-when-back': 'Send when back',
  cancel: 'Cancel',
  'other-model': 'Other model',
  'choose-model': 'Choose model',
  'larger-model': 'Larger model',
  'leave-out-older': 'Leave out older messages',
  'change-key': 'Change key',
  'own-key': 'Use my own key',
  'sign-in': 'Sign in',
  record: 'Record',
  continue: 'Continue',
  regenerate: 'Regenerate',
  'raise-limit': 'Raise the limit',
  edit: 'Edit',
  reload: 'Reload',
};
