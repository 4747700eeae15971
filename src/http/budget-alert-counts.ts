/** How often budgets have reached a share of their limit since the start. Implemented by CostModule. */
export interface BudgetAlertCounts {
  /** Alerts by percentage reached, 80 or 100. */
  readonly alertsByPercent: ReadonlyMap<number, number>;
}
export const BudgetAlertCounts = Symbol('BudgetAlertCounts');
