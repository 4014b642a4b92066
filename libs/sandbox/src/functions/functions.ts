import { type Description, description } from '@earshot/contracts';
import type { FunctionTable, Limits } from '../pool/function-table.js';

/** A stored clip as its worker finds it: a file, and how long it is. */
export interface ClipFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** What can be asked of the sandbox; libs/sandbox/src/functions/bodies.ts has the child's side. */
export interface SandboxFunctions {
  describe: { input: ClipFile; output: Description };
}

export const functionTable: FunctionTable<SandboxFunctions> = {
  describe: { limits: ({ sizeBytes }) => clipLimits(sizeBytes), output: description },
};

/** Headers lie about durations, so time is granted by the bytes that were really sent. */
function clipLimits(sizeBytes: number): Limits {
  return { wallClockMs: 10_000 + sizeBytes / 1000, memoryMb: 512, outputBytes: 1_000_000 };
}
