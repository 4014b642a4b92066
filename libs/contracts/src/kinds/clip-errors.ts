import { z } from 'zod';
import type { ErrorCode } from '../errors.js';

/** With what an item may fail whose clip is read and worked on in the sandbox. */
export const clipErrors = [
  'AUDIO_EMPTY',
  'AUDIO_FORMAT_UNKNOWN',
  'AUDIO_UNREADABLE',
  'AUDIO_OUT_OF_RANGE',
  'AUDIO_TOO_LONG',
  'AUDIO_TOO_SLOW',
  'BLOB_LOST',
  'CLIP_DELETED',
  'COST_TOO_HIGH',
  'MEMORY_EXCEEDED',
  'OUTPUT_TOO_LARGE',
  'SANDBOX_CRASHED',
] as const satisfies readonly ErrorCode[];

/** What is told of a clip beside its result, because nobody would see it: none in most cases, and in results of former versions. */
export const clipWarnings = z
  .array(z.enum(['TRUNCATED']))
  .default([])
  .meta({ description: '`TRUNCATED`: the file ends before the end that it announces; the result is of what is there' });
