/** What the ledger keeps of a person beyond the sums. Implemented by the module that owns the ledger's texts. */
export interface PersonalRecords {
  /** Erases the texts of every call of a person; rows and sums stay, so that costs never shrink. */
  eraseTextsOf(userId: string): Promise<void>;
}
export const PersonalRecords = Symbol('PersonalRecords');
