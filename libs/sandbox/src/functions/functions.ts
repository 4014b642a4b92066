import { types } from 'node:util';
import { type Description, description, type ProfileChoice } from '@earshot/contracts';
import { z } from 'zod';
import type { FunctionTable } from '../pool/function-table.js';
import type { ClipFile } from './clip-file.js';
import { clipLimits } from './clip-limits.js';
import type { ClipExtraction } from './extract-clip.js';
import type { ClipPortrait } from './portray-clip.js';

/** What can be asked of the sandbox; libs/sandbox/src/functions/bodies.ts has the child's side. */
export interface SandboxFunctions {
  describe: { input: ClipFile; output: Description };
  portray: { input: ClipFile; output: ClipPortrait };
  extract: { input: ClipFile & { profiles: ProfileChoice[] }; output: ClipExtraction };
}

// These schemas are the only check of what children send: what passes them goes into rows and to clients as it is.
/** Rows do not take every character. */
const name = z.string().regex(/^[ -~]{1,100}$/);

const clipDescription = description.extend({ format: name, decoder: name });

// Not `instanceof`: what is deserialized need not come from the realm of this module.
const extraction = z
  .object({
    profile: z.string(),
    hash: z.string(),
    shape: z.array(z.int().positive()),
    columns: z.array(z.string()),
    values: z.custom<Float32Array>(types.isFloat32Array),
  })
  .refine(({ shape, values }) => shape.reduce((product, n) => product * n, 1) === values.length && areFinite(values));

const clipExtraction = z.object({
  format: name,
  decoder: name,
  durationSeconds: z.number().nonnegative(),
  extractions: z.array(extraction),
});

const clipPortrait = z.object({
  description: clipDescription,
  spectrogram: z.object({ png: z.custom<Uint8Array>(types.isUint8Array), width: z.int().positive(), height: z.int().positive() }),
});

export const functionTable: FunctionTable<SandboxFunctions> = {
  describe: { limits: ({ sizeBytes }) => clipLimits(sizeBytes), output: clipDescription },
  portray: { limits: ({ sizeBytes }) => clipLimits(sizeBytes), output: clipPortrait },
  extract: { limits: ({ sizeBytes }) => clipLimits(sizeBytes, { outputBytes: 64_000_000 }), output: clipExtraction },
};

/** A value times 0 is 0, or NaN when it is none or infinite. */
function areFinite(values: Float32Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += values[i]! * 0;
  return zero === 0;
}
