import { useSyncExternalStore } from 'react';
import { isWriting, type AnswerContent } from '../../lib/completion/answer-content.js';
import { completionBody, noParameters, type WireMessage } from '../../lib/completion/completion-request.js';
import { LiveAnswer } from '../../lib/completion/live-answer.js';

/** One question and what each column made of it. */
export interface Round {
  readonly question: string;
  readonly answers: readonly AnswerContent[];
}

const STORAGE_KEY = 'gateway.comparison';

/** The rounds of this tab. They outlive the page's leaving, and what has ended outlives a reload. */
let rounds: readonly Round[] = read();
/** The answers of the last round that are being written, by column. */
const live = new Map<number, LiveAnswer>();
const listeners = new Set<() => void>();

export function useRounds(): readonly Round[] {
  return useSyncExternalStore(subscribe, () => rounds);
}

/** Asks every column the same, each after its own history. */
export function askAll(question: string, models: readonly string[]): void {
  live.clear();
  const started = models.map((model, column) => start(column, model, [...rounds, { question, answers: [] }]));
  rounds = [...rounds, { question, answers: started.map((answer) => answer.snapshot()) }];
  changed();
}

/** Asks one column of the last round again, perhaps of another model. */
export function askColumn(column: number, model: string): void {
  if (rounds.length === 0) return;
  live.get(column)?.stop();
  const answer = start(column, model, rounds);
  put(column, answer.snapshot());
}

export function stopColumn(column: number): void {
  live.get(column)?.stop();
}

export function stopAll(): void {
  for (const answer of live.values()) answer.stop();
}

export function startOver(): void {
  stopAll();
  live.clear();
  rounds = [];
  changed();
}

/** Takes a column out of all rounds. */
export function removeColumn(column: number): void {
  const later = [...live].map(([at, answer]) => [at > column ? at - 1 : at, answer] as const);
  live.get(column)?.stop();
  const kept = later.filter(([, answer]) => answer !== live.get(column));
  live.clear();
  for (const [at, answer] of kept) live.set(at, answer);
  rounds = rounds.map((round) => ({ ...round, answers: round.answers.filter((_, at) => at !== column) }));
  changed();
}

/** A column's conversation up to the last question. */
export function historyOf(column: number, of: readonly Round[] = rounds): readonly WireMessage[] {
  return of.flatMap(({ question, answers }, index): readonly WireMessage[] => {
    const text = index < of.length - 1 ? answers[column]?.text : undefined;
    return [{ role: 'user', content: question }, ...(text ? [{ role: 'assistant' as const, content: text }] : [])];
  });
}

function start(column: number, model: string, upTo: readonly Round[]): LiveAnswer {
  const answer = new LiveAnswer({ model, body: completionBody(model, historyOf(column, upTo), noParameters) });
  live.set(column, answer);
  answer.subscribe(() => {
    const at = [...live].find(([, candidate]) => candidate === answer)?.[0];
    if (at !== undefined) put(at, answer.snapshot());
  });
  return answer;
}

function put(column: number, content: AnswerContent): void {
  const last = rounds.at(-1);
  if (!last) return;
  const answers = [...last.answers];
  answers[column] = content;
  rounds = [...rounds.slice(0, -1), { ...last, answers }];
  changed(!isWriting(content.state));
}

function changed(isWorthKeeping = true): void {
  if (isWorthKeeping) write();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function write(): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(rounds));
  } catch (error) {
    // Full or blocked: the comparison lives as long as the page.
    if (!(error instanceof DOMException)) throw error;
  }
}

function read(): readonly Round[] {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]') as readonly Round[];
    return stored.map((round) => ({ ...round, answers: round.answers.map(interrupted) }));
  } catch {
    return []; // Blocked or unreadable: a new comparison.
  }
}

function interrupted(answer: AnswerContent): AnswerContent {
  return isWriting(answer.state)
    ? { ...answer, state: 'interrupted', endedAtMs: answer.firstTokenAtMs ?? answer.startedAtMs }
    : answer;
}
