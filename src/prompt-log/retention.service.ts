import { setTimeout as delay } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { SqlParameters } from '../storage/sql-parameters.js';
import { DAY_MS, HOUR_MS } from '../storage/usage-spans.js';
import { UsageSums } from '../storage/usage-sums.js';

const ROWS_A_BATCH = 250;
/** Between two batches others have their turn. */
const PAUSE_MS = 25;

/** Deletes rows older than the retention time, at the start and every hour, a few at a time. Sums stay. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('retention');
  private readonly startedAt = Date.now();
  private readonly startedAtMs = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly sums: UsageSums,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.start();
    this.timer = setInterval(() => this.start(), HOUR_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /**
   * Deletes what is too old.
   * @param now by a clock that only time moves: were the machine's clock put forward, fresh rows would look old
   * @returns how many rows went
   */
  async sweep(now = this.startedAt + performance.now() - this.startedAtMs): Promise<number> {
    const before = now - this.config.promptLog.retentionDays * DAY_MS;
    let deleted = 0;
    for (;;) {
      // Rows must be in the sums before they go.
      if (this.isStopped || !this.sums.flush()) return deleted;
      const count = await this.deleteBatch(before);
      deleted += count;
      if (count < ROWS_A_BATCH) return deleted;
      await delay(PAUSE_MS);
    }
  }

  private start(): void {
    this.running = this.running.then(async () => {
      try {
        const rows = await this.sweep();
        if (rows > 0) this.logger.log({ event: 'rows_expired', rows, days: this.config.promptLog.retentionDays });
      } catch (error) {
        // The next hour tries again; a store in trouble tells so itself.
        this.logger.warn({ event: 'retention_failed', error: error instanceof Error ? error.message : 'unknown' });
      }
    });
  }

  private async deleteBatch(before: number): Promise<number> {
    const parameters = new SqlParameters(this.dataSource);
    const result = await this.dataSource.createQueryRunner().query(
      `DELETE FROM requests WHERE seq IN (
           SELECT seq FROM requests WHERE started_at < ${parameters.mark(before)} ORDER BY started_at, seq
           LIMIT ${ROWS_A_BATCH})`,
      parameters.values,
      true,
    );
    return result.affected ?? 0;
  }
}
