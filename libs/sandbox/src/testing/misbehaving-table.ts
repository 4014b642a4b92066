import type { FunctionSpec, FunctionTable } from '../pool/function-table.js';

export interface MisbehavingFunctions {
  whoAmI: { input: null; output: { folder: string; environment: string[] } };
  numbers: { input: { count: number }; output: Float64Array };
  lie: { input: null; output: string };
  refuse: { input: null; output: string };
  breakDown: { input: null; output: string };
  crash: { input: null; output: string };
  wait: { input: { ms: number }; output: string };
  /** Like `wait`, and may take long. */
  rest: { input: { ms: number }; output: string };
  /** Holds its process all the time; answers how many such calls this child has begun. */
  compute: { input: { ms: number }; output: { folder: string; begun: number } };
  loop: { input: null; output: string };
  hog: { input: null; output: string };
  hogByProgram: { input: null; output: string };
  hogLater: { input: null; output: string };
  leak: { input: { megabytes: number }; output: string };
  leaveFile: { input: null; output: string };
}

const aString = returns((value): value is string => typeof value === 'string');

export const misbehavingTable: FunctionTable<MisbehavingFunctions> = {
  whoAmI: returns((value): value is { folder: string; environment: string[] } => typeof value === 'object'),
  numbers: returns((value): value is Float64Array => ArrayBuffer.isView(value)),
  lie: returns((value): value is string => value === 'the truth'),
  refuse: aString,
  breakDown: aString,
  crash: aString,
  wait: aString,
  rest: returns((value): value is string => typeof value === 'string', { wallClockMs: 20_000 }),
  compute: returns((value): value is { folder: string; begun: number } => typeof value === 'object'),
  loop: aString,
  hog: returns((value): value is string => typeof value === 'string', { wallClockMs: 20_000 }),
  hogByProgram: returns((value): value is string => typeof value === 'string', { wallClockMs: 20_000 }),
  hogLater: aString,
  leak: aString,
  leaveFile: aString,
};

function returns<Output>(isOutput: (value: unknown) => value is Output, { wallClockMs = 1000 } = {}): FunctionSpec<unknown, Output> {
  return {
    limits: () => ({ wallClockMs, memoryMb: 200, outputBytes: 10_000_000 }),
    output: {
      parse(value) {
        if (!isOutput(value)) throw new TypeError('not what was promised');
        return value;
      },
    },
  };
}
