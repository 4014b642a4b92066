// What the supervisor and its children tell each other.
import { z } from 'zod';

/** Begin, with these settings over those of the environment. */
export const toChild = z.object({ kind: z.literal('start'), settings: z.record(z.string(), z.string()) });
export type ToChild = z.infer<typeof toChild>;

const fault = z.object({ name: z.string(), expected: z.string(), found: z.string() });

export const fromChild = z.discriminatedUnion('kind', [
  /** The code is loaded and the settings were read; with faults the child ends by itself. */
  z.object({ kind: z.literal('loaded'), faults: z.array(fault) }),
  /** Everything runs; the addresses answer /readyz. */
  z.object({ kind: z.literal('started'), urls: z.record(z.string(), z.string()) }),
  /** The start failed; the child ends by itself. */
  z.object({ kind: z.literal('failed'), message: z.string(), faults: z.array(fault) }),
]);
export type FromChild = z.infer<typeof fromChild>;
