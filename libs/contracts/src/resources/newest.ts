import { z } from 'zod';

/** The result of the newest job of a kind, with what it came from. */
export const newest = <Result extends z.ZodRawShape>(result: z.ZodObject<Result>) =>
  result.extend({ jobId: z.uuid(), finishedAt: z.iso.datetime() });

export type Newest<Result> = Result & { jobId: string; finishedAt: string };
