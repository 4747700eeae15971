import type { DataSource } from 'typeorm';

/** Values of a hand-written query, and the marks that stand for them in this database's dialect. */
export class SqlParameters {
  readonly values: unknown[] = [];

  constructor(private readonly dataSource: DataSource) {}

  /** Adds a value and gives its mark: `?` or `$1`. */
  mark(value: unknown): string {
    this.values.push(value);
    return this.dataSource.driver.createParameter('value', this.values.length - 1);
  }
}
