// What parent and child say to each other. A reply a call: measured at 8 us of the parent's processor time, and it is
// also what tells the parent that the next call's turn has come, so the guilty one is known when a child must be killed.

export interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly outputBytes: number;
}

export type ToChild =
  | { readonly kind: 'calls'; readonly calls: readonly CallMessage[] }
  | { readonly kind: 'drop'; readonly ids: readonly number[] };

export interface FailureMessage {
  /** A code of the table, or null when the function threw anything else. */
  readonly code: string | null;
  readonly detail: string;
  readonly members: Record<string, string | number>;
}

/** Each call is answered exactly once, in the order in which they were sent. */
export type Reply =
  | { readonly kind: 'result'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly id: number; readonly path: string }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: FailureMessage }
  | { readonly kind: 'dropped'; readonly id: number };

export type FromChild = { readonly kind: 'ready' } | Reply;

/** Results past this size travel as a file: a pipe hands them over in pieces of 64 kB, each a turn of the parent's event loop. */
export const largestInlineBytes = 262_144;
