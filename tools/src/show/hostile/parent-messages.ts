// What the tool and the process that it judges say to each other.
import { z } from 'zod';

export const toParent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('describe'), id: z.int(), path: z.string(), sizeBytes: z.int() }),
  z.object({ kind: z.literal('vitals') }),
  z.object({ kind: z.literal('used') }),
  z.object({ kind: z.literal('close') }),
]);

const outcome = z.object({
  /** `decoded`, a code of the table, or what else was thrown. */
  outcome: z.string(),
  /** Which decoder answered. */
  decoder: z.string().optional(),
  /** From the call to its answer, with the time it waited for a child. */
  ms: z.int(),
});

const vitals = z.object({
  residentMb: z.number(),
  longestBlockMs: z.number(),
  longestDelayMs: z.number(),
});

export const fromParent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('outcome'), id: z.int(), outcome }),
  vitals.extend({ kind: z.literal('vitals') }),
  z.object({ kind: z.literal('used'), usedMb: z.number() }),
  z.object({ kind: z.literal('log'), line: z.looseObject({}) }),
]);

export type Outcome = z.output<typeof outcome>;
export type Vitals = z.output<typeof vitals>;
export type ToParent = z.output<typeof toParent>;
export type FromParent = z.output<typeof fromParent>;
