import { z } from 'zod';
import type { FailureMessage } from './messages.js';

const failureMessage = z.object({
  code: z.string().nullable(),
  detail: z.string(),
  members: z.record(z.string(), z.union([z.string(), z.number()])),
});

const mostDetailChars = 2_000;

/** What a child says of its failure, in the form that rows and clients take: like its results, it may be anything. */
export function failureOf(value: unknown): FailureMessage {
  const { success, data } = failureMessage.safeParse(value);
  if (!success) return { code: null, detail: 'a failure of another form than promised', members: {} };
  return { ...data, detail: data.detail.slice(0, mostDetailChars).replaceAll('\0', '').toWellFormed() };
}
