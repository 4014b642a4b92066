import type { FailureMessage } from './messages.js';

export const mostDetailChars = 2_000;

/** What a child says of its failure, in the form that rows and clients take. */
export function failureOf({ code, detail, members }: FailureMessage): FailureMessage {
  return { code, detail: detail.slice(0, mostDetailChars).replaceAll('\0', '').toWellFormed(), members };
}
