import { sql } from '../sql.js';

/** Moves an alias from where it is expected, and notes that; no row when it is elsewhere. */
export const moveAliasStatement = sql('move-alias');
