import { Ledger0001 } from './0001-ledger.js';
import { People0002 } from './0002-people.js';
import { Administration0003 } from './0003-administration.js';

/**
 * Every migration in the order in which they run. Each has a number of its own, in its class name and as the last
 * 13 digits of its `name`; the number of the last one is the schema's version. One that was released never changes.
 */
export const ALL_MIGRATIONS = [Ledger0001, People0002, Administration0003];

export const SCHEMA_VERSION = ALL_MIGRATIONS.length;
