import type { BudgetPeriod, CreateKey } from '../../libs/contracts/keys.js';
import { WrongInputError } from './cli-errors.js';

/** The options of `keys create`, all of them texts. */
export const KEY_OPTIONS = {
  name: { type: 'string' },
  budget: { type: 'string' },
  models: { type: 'string' },
  rpm: { type: 'string' },
  tpm: { type: 'string' },
  'max-parallel': { type: 'string' },
  expires: { type: 'string' },
  owner: { type: 'string' },
  tags: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Texts = Partial<Readonly<Record<Exclude<keyof typeof KEY_OPTIONS, 'json'>, string>>>;

const SPAN_MS = { h: 3_600_000, d: 86_400_000 } as const;

/** @throws {WrongInputError} */
export function toCreateKey(texts: Texts, now: number = Date.now()): CreateKey {
  const { name, owner, models, rpm, tpm, budget, expires, tags } = texts;
  const maxParallel = texts['max-parallel'];
  if (name === undefined || name.trim() === '') {
    throw new WrongInputError('A key needs a name: keys create --name "Invoice parser".');
  }
  return {
    name,
    ...(owner === undefined ? {} : { owner }),
    ...(models === undefined ? {} : { models: toList(models, '--models') }),
    ...(budget === undefined ? {} : toBudget(budget)),
    ...(rpm === undefined ? {} : { rpm: toLimit(rpm, '--rpm') }),
    ...(tpm === undefined ? {} : { tpm: toLimit(tpm, '--tpm') }),
    ...(maxParallel === undefined ? {} : { maxParallel: toLimit(maxParallel, '--max-parallel') }),
    ...(expires === undefined ? {} : { expiresAt: toMoment(expires, now) }),
    ...(tags === undefined ? {} : { tags: toTags(tags) }),
  };
}

function toBudget(text: string): { budgetUsd: number; budgetPeriod?: BudgetPeriod } {
  const match = /^\$?(\d+(?:\.\d{1,9})?)(?:\/(day|week|month|total))?$/.exec(text);
  if (!match) {
    throw new WrongInputError(
      `--budget is an amount in USD and a period, like 5/day, 100/week, 12.5/month or 50/total, not '${text}'.`,
    );
  }
  const [, amount, period] = match;
  return { budgetUsd: Number(amount), ...(period === undefined ? {} : { budgetPeriod: period as BudgetPeriod }) };
}

function toLimit(text: string, option: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text))
    throw new WrongInputError(`${option} is a whole number of at least 1, not '${text}'.`);
  return Number(text);
}

function toMoment(text: string, now: number): string {
  const span = /^([1-9]\d{0,4})([hd])$/.exec(text);
  if (span) return new Date(now + Number(span[1]) * SPAN_MS[span[2] as keyof typeof SPAN_MS]).toISOString();
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const moment = new Date(text);
  if (!isMoment || Number.isNaN(moment.getTime())) {
    throw new WrongInputError(
      `--expires is a day, a time with its zone, or a span, like 2027-01-31, 2027-01-31T12:00:00Z or 30d, not '${text}'.`,
    );
  }
  return moment.toISOString();
}

function toList(text: string, option: string): string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.some((item) => item === '')) {
    throw new WrongInputError(`${option} is a comma separated list without empty entries, not '${text}'.`);
  }
  return items;
}

function toTags(text: string): Record<string, string> {
  const tags = toList(text, '--tags').map((tag) => {
    const [name, value, ...more] = tag.split('=');
    if (!name || !value || more.length > 0) {
      throw new WrongInputError(`--tags are names with values, like team=search,env=prod, not '${text}'.`);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(tags);
}
