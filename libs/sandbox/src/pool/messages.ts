// What parent and child say to each other. A reply a call: measured at 8 us of the parent's processor time, and it is
// also what tells the parent that the next call's turn has come, so the guilty one is known when a child must be killed.
import { types } from 'node:util';
import { z } from 'zod';

export interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly outputBytes: number;
  readonly outputValues: number;
}

export type ToChild =
  | { readonly kind: 'calls'; readonly calls: readonly CallMessage[] }
  | { readonly kind: 'drop'; readonly ids: readonly number[] }
  /** What ffmpeg makes of the call's file can be read. */
  | { readonly kind: 'decoding' };

export const failureMessage = z.object({
  /** A code of the table, or null when the function threw anything else. */
  code: z.string().nullable(),
  detail: z.string(),
  members: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FailureMessage = z.output<typeof failureMessage>;

const id = z.int().positive();

/** Of a child nothing is believed: it may have been taken over by the bytes it read. Each call is answered exactly once, in the order in which they were sent. */
export const fromChild = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('result'), id, bytes: z.custom<Uint8Array>(types.isUint8Array) }),
  /** The result is in the file of `resultFile`. */
  z.object({ kind: z.literal('file'), id }),
  z.object({ kind: z.literal('failure'), id, failure: failureMessage }),
  z.object({ kind: z.literal('dropped'), id }),
  /** Asks for a file of the current call to be decoded by ffmpeg. */
  z.object({ kind: z.literal('decode'), path: z.string() }),
]);
export type FromChild = z.output<typeof fromChild>;
export type Reply = Exclude<FromChild, { kind: 'ready' | 'decode' }>;

/** Results past this size travel as a file: a pipe hands them over in pieces of 64 kB, each a turn of the parent's event loop. */
export const largestInlineBytes = 262_144;

/** A result with what surrounds it, or what a child says of a failure. */
export const largestMessageBytes = largestInlineBytes + 16_384;
export const mostMessageValues = 1_000;

/** Where a child puts a large result, and where ffmpeg puts what it decodes. Both sides know; neither is told by the other. */
export const resultFile = (ownFolder: string, callId: number): string => `${ownFolder}/result-${callId}`;
export const decodedPipe = (ownFolder: string, callId: number): string => `${ownFolder}/pcm-${callId}`;
