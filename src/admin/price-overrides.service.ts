import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import type { PriceRow } from '../../libs/contracts/prices.js';
import type { ModelPrice } from '../../libs/pricing/model-price.js';
import { parsePriceOverrides, PriceOverridesError } from '../../libs/pricing/price-overrides.js';
import { PriceService, toPricePerMillion } from '../cost/price.service.js';
import { InvalidRequestError, NotFoundError } from '../http/request-errors.js';
import { PriceOverrideEntity } from '../storage/entities/price-override.entity.js';

/** Each is compared with the models of calls, so their number is bounded. */
const MAX_OVERRIDES = 5_000;

export type Rates = Readonly<Record<string, number>>;

/** Overrides set by administrators: stored, and over those of the configuration in the price book. */
@Injectable()
export class PriceOverridesService implements OnModuleInit {
  private readonly logger = new Logger('prices');
  private readonly rows: Repository<PriceOverrideEntity>;
  private readonly stored = new Map<string, ModelPrice>();

  constructor(
    dataSource: DataSource,
    private readonly prices: PriceService,
  ) {
    this.rows = dataSource.getRepository(PriceOverrideEntity);
  }

  async onModuleInit(): Promise<void> {
    for (const { model, rates } of await this.rows.find()) {
      try {
        this.stored.set(model, toPrice(model, JSON.parse(rates)));
      } catch (error) {
        // One that an older or a newer gateway wrote must not keep this one from starting.
        this.logger.error({ event: 'price_override_unreadable', model, error: String(error) });
      }
    }
    this.apply();
  }

  /** Every override that holds, by model: those set here hide those of the configuration. */
  list(): readonly PriceRow[] {
    const models = new Map([
      ...[...this.prices.configured].map(
        ([model, price]) => [model, toPriceRow(model, price, 'configuration')] as const,
      ),
      ...[...this.stored].map(([model, price]) => [model, toPriceRow(model, price, 'administrator')] as const),
    ]);
    return [...models.values()].toSorted((one, other) => (one.model < other.model ? -1 : 1));
  }

  /**
   * Sets the price of a model id or glob; the next call is priced by it.
   * @throws {InvalidRequestError}
   */
  async set(model: string, rates: Rates, now: number = Date.now()): Promise<PriceRow> {
    const price = toPrice(model, rates);
    if (!this.stored.has(model) && this.stored.size >= MAX_OVERRIDES) {
      const message = `There are ${MAX_OVERRIDES} overrides already. Write a glob in the place of several, or remove one.`;
      throw new InvalidRequestError('invalid_parameter', message, 'model');
    }
    await this.rows.upsert({ model, rates: JSON.stringify(rates), updatedAt: now }, ['model']);
    this.stored.set(model, price);
    this.apply();
    return toPriceRow(model, price, 'administrator');
  }

  /** @throws {NotFoundError} for one that was not set here */
  async remove(model: string): Promise<void> {
    if (!this.stored.has(model)) {
      const shown = model.slice(0, 128);
      throw new NotFoundError(
        this.prices.configured.has(model)
          ? `The price of '${shown}' stands in AI_GATEWAY_PRICES. Change it there, or set another over it here.`
          : `No price is set for '${shown}'.`,
      );
    }
    await this.rows.delete({ model });
    this.stored.delete(model);
    this.apply();
  }

  private apply(): void {
    this.prices.book.setOverrides(new Map([...this.prices.configured, ...this.stored]));
  }
}

function toPrice(model: string, rates: unknown): ModelPrice {
  try {
    const [price] = parsePriceOverrides({ [model]: rates }).values();
    if (price) return price;
  } catch (error) {
    if (!(error instanceof PriceOverridesError)) throw error;
    throw new InvalidRequestError('invalid_parameter', `${error.problems.join('. ')}.`, 'model');
  }
  throw new InvalidRequestError('invalid_parameter', 'This is no model id or glob.', 'model');
}

function toPriceRow(model: string, price: ModelPrice, source: PriceRow['source']): PriceRow {
  return { model, ...toPricePerMillion(price), source };
}
