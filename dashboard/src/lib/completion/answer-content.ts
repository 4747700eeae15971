import type { ApiErrorObject } from '../../../../libs/contracts/errors.js';
import { ApiError, ConnectionLostError, type ErrorFacts } from '../api-error.js';
import type { CompletionDelta, ToolCallDelta, Usage } from './completion-events.js';

export interface ToolCall {
  readonly id: string | null;
  readonly name: string;
  readonly arguments: string;
}

/** An error as it is kept with an answer. */
export type KeptError =
  | { readonly kind: 'api'; readonly detail: ApiErrorObject; readonly facts: ErrorFacts; readonly metAtMs: number }
  | { readonly kind: 'lost'; readonly metAtMs: number }
  | { readonly kind: 'page'; readonly message: string; readonly metAtMs: number };

/** `waiting` has no token yet; the last five are ends. */
export type AnswerState =
  'waiting' | 'thinking' | 'answering' | 'done' | 'stopped' | 'interrupted' | 'broken' | 'failed';

/** One answer, while it is written and afterwards. Times are ms since 1970 on the page's clock. */
export interface AnswerContent {
  readonly state: AnswerState;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly requestId: string;
  readonly requestedModel: string;
  readonly servedModel: string | null;
  readonly upstream: string | null;
  readonly usage: Usage | null;
  /** The counts are the gateway's or the page's estimate. */
  readonly isEstimate: boolean;
  readonly finishReason: string | null;
  readonly startedAtMs: number;
  readonly firstTokenAtMs: number | null;
  readonly firstTextAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly error: KeptError | null;
  /** Said while a retry of the page is due. */
  readonly waitNote: string | null;
}

export function newAnswer(requestId: string, requestedModel: string, startedAtMs: number): AnswerContent {
  return {
    state: 'waiting',
    text: '',
    reasoning: '',
    toolCalls: [],
    requestId,
    requestedModel,
    servedModel: null,
    upstream: null,
    usage: null,
    isEstimate: false,
    finishReason: null,
    startedAtMs,
    firstTokenAtMs: null,
    firstTextAtMs: null,
    endedAtMs: null,
    error: null,
    waitNote: null,
  };
}

export function isWriting(state: AnswerState): boolean {
  return state === 'waiting' || state === 'thinking' || state === 'answering';
}

/** The answer with one more event in it. */
export function withDelta(answer: AnswerContent, delta: CompletionDelta, nowMs: number): AnswerContent {
  const hasToken = Boolean(delta.text ?? delta.reasoning ?? delta.toolCalls);
  return {
    ...answer,
    state: delta.text || answer.text ? 'answering' : hasToken ? 'thinking' : answer.state,
    text: answer.text + (delta.text ?? ''),
    reasoning: answer.reasoning + (delta.reasoning ?? ''),
    toolCalls: delta.toolCalls ? delta.toolCalls.reduce(withToolCall, answer.toolCalls) : answer.toolCalls,
    servedModel: answer.servedModel ?? delta.model ?? null,
    usage: delta.usage ?? answer.usage,
    finishReason: delta.finishReason ?? answer.finishReason,
    firstTokenAtMs: answer.firstTokenAtMs ?? (hasToken ? nowMs : null),
    firstTextAtMs: answer.firstTextAtMs ?? (delta.text ? nowMs : null),
    waitNote: null,
  };
}

function withToolCall(calls: readonly ToolCall[], delta: ToolCallDelta): readonly ToolCall[] {
  const before = calls[delta.index] ?? { id: null, name: '', arguments: '' };
  const next = [...calls];
  next[delta.index] = {
    id: delta.id ?? before.id,
    name: before.name + (delta.name ?? ''),
    arguments: before.arguments + (delta.arguments ?? ''),
  };
  return next;
}

export function keepError(error: unknown, metAtMs: number): KeptError {
  if (error instanceof ApiError) return { kind: 'api', detail: error.detail, facts: error.facts, metAtMs };
  if (error instanceof ConnectionLostError) return { kind: 'lost', metAtMs };
  return { kind: 'page', message: error instanceof Error ? error.message : String(error), metAtMs };
}

/** The error again, as the words table reads it. */
export function reviveError(kept: KeptError): Error {
  switch (kept.kind) {
    case 'api':
      return new ApiError(kept.detail, kept.facts);
    case 'lost':
      return new ConnectionLostError();
    case 'page':
      return new Error(kept.message);
  }
}

/** A guess where nobody counted: a token is about four characters. */
export function guessTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

export function countWords(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/).length;
}
