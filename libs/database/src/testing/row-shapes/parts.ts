import { z } from 'zod';
import type { Failure } from '../../failure.js';

export const id = z.int().positive();
export const count = z.int().nonnegative();
export const failure: z.ZodType<Failure> = z.object({ code: z.string(), detail: z.string() });
export const empty = z.undefined();
export const clipId = z.strictObject({ clipId: z.uuid() });
export const counted = z.strictObject({ n: count });
export const jobId = z.strictObject({ id: z.uuid() });
export const pgVoid = z.literal('').nullable();
