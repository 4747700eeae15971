import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { EventSink, type GatewayEvent } from '../http/event-sink.js';
import { BudgetAlerts } from './budget-alerts.js';
import { BudgetBook } from './budget-book.js';

Logger.overrideLogger(false);

const NOON = Date.UTC(2026, 10, 24, 12);
const BUDGET = { holder: 'key_1', limitNanoUsd: 1_000_000_000, period: 'day' } as const;

async function watched(): Promise<{ alerts: BudgetAlerts; book: BudgetBook; events: GatewayEvent[] }> {
  const events: GatewayEvent[] = [];
  const sink: EventSink = { emit: (event) => events.push(event) };
  const module = await Test.createTestingModule({
    providers: [BudgetAlerts, { provide: EventSink, useValue: sink }],
  }).compile();
  const alerts = module.get(BudgetAlerts);
  return {
    alerts,
    events,
    book: new BudgetBook(
      () => 0,
      (standing, before) => alerts.look(standing, before),
    ),
  };
}

function spend(book: BudgetBook, usd: number): void {
  book.add({ keyId: 'key_1', userId: null, startedAt: NOON, costNanoUsd: usd * 1e9 });
}

describe('BudgetAlerts', () => {
  it('tells 80 and 100 percent once each, as an event and as a number', async () => {
    const { alerts, book, events } = await watched();
    book.standing(BUDGET, NOON);
    for (const usd of [0.5, 0.29, 0.01, 0.1, 0.1, 0.5]) spend(book, usd);
    const common = { type: 'budget_alert', keyId: 'key_1', budgetPeriod: 'day', limitUsd: 1 };
    expect(events).toEqual([
      { ...common, percent: 80, spentUsd: 0.8, resetsAt: '2026-11-25T00:00:00.000Z' },
      { ...common, percent: 100, spentUsd: 1, resetsAt: '2026-11-25T00:00:00.000Z' },
    ]);
    expect([...alerts.alertsByPercent]).toEqual([
      [80, 1],
      [100, 1],
    ]);
  });

  it('tells one alert when a call or a lower limit carries spending over both', async () => {
    const { book, events } = await watched();
    book.standing(BUDGET, NOON);
    spend(book, 2);
    book.standing({ ...BUDGET, limitNanoUsd: 4e9 }, NOON);
    book.standing({ ...BUDGET, limitNanoUsd: 2e9 }, NOON);
    book.standing({ ...BUDGET, limitNanoUsd: 0 }, NOON);
    expect(events.map(({ percent }) => percent)).toEqual([100, 100]);
  });
});
