import type { Readable } from 'node:stream';
import type { Lend } from '../confinement/lent-files.js';

/** What one call may use up; past it, its process group is killed. */
export interface Limits {
  /** Counted from the moment its turn comes, not while it waits. */
  readonly wallClockMs: number;
  /** Resident memory of the child and of the programs it started. */
  readonly memoryMb: number;
  readonly outputBytes: number;
  /** In the output, a typed array counted as a few; by default 10,000. The parent looks at each, and has a report of each that is wrong. */
  readonly outputValues?: number;
}

export const outputValuesOf = ({ outputValues = 10_000 }: Limits): number => outputValues;

interface Signature {
  readonly input: unknown;
  readonly output: unknown;
}

/** The named functions of a pool: what goes in and what comes out. */
export type Signatures<Functions> = { readonly [Name in keyof Functions]: Signature };

export interface FunctionSpec<Input, Output> {
  limits(input: Input): Limits;
  /** The input with each file that the function reads by the path that `lend` answers for it: a child can read no other. */
  lend?(input: Input, lend: Lend): unknown;
  /** What a child sends is checked before anybody relies on it: a child may have been taken over by the bytes it read. */
  readonly output: { parse(value: unknown): Output };
}

/** The parent's side of the functions. */
export type FunctionTable<Functions extends Signatures<Functions>> = {
  readonly [Name in keyof Functions]: FunctionSpec<Functions[Name]['input'], Functions[Name]['output']>;
};

export interface FunctionContext {
  /** A private folder for this call, made when first asked for and removed afterwards. */
  workingFolder(): string;
  /** Has a file decoded by ffmpeg, which the function cannot start itself: what comes of it (see `ffmpegScript`). Once in a call. */
  ffmpeg(path: string): Promise<Readable>;
}

/** The child's side of the functions: what a functions module exports as `functions`. */
export type FunctionBodies<Functions extends Signatures<Functions>> = {
  readonly [Name in keyof Functions]: (
    input: Functions[Name]['input'],
    context: FunctionContext,
  ) => Functions[Name]['output'] | Promise<Functions[Name]['output']>;
};
