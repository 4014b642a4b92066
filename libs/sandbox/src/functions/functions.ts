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

// Not `instanceof`: what is deserialized need not come from the realm of this module.
const clipExtraction = z.object({
  format: z.string(),
  decoder: z.string(),
  durationSeconds: z.number().nonnegative(),
  extractions: z.array(
    z.object({
      profile: z.string(),
      hash: z.string(),
      shape: z.array(z.int()),
      columns: z.array(z.string()),
      values: z.custom<Float32Array>(types.isFloat32Array),
    }),
  ),
});

const clipPortrait = z.object({
  description,
  spectrogram: z.object({ png: z.custom<Uint8Array>(types.isUint8Array), width: z.int().positive(), height: z.int().positive() }),
});

export const functionTable: FunctionTable<SandboxFunctions> = {
  describe: { limits: ({ sizeBytes }) => clipLimits(sizeBytes), output: description },
  portray: { limits: ({ sizeBytes }) => clipLimits(sizeBytes), output: clipPortrait },
  extract: { limits: ({ sizeBytes }) => clipLimits(sizeBytes, { outputBytes: 64_000_000 }), output: clipExtraction },
};
