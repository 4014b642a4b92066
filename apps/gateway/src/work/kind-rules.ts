import type { Kind } from '@earshot/contracts';

/** The columns of a table of items, beside those that every table has. */
export interface ResultColumns {
  names: string[];
  /** The cells of one item's result; null where it has none. */
  cells: (result: unknown) => unknown[];
}

/** What the contract of a kind cannot say, because it takes the code of another library. */
export interface KindRules {
  readonly kind: Kind;
  /** Refuses options that have the right shape and yet cannot be. */
  check?(input: unknown): void;
  /** The columns of its results, where the options decide about them. */
  columns?(input: unknown): ResultColumns;
}
