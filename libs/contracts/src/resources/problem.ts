import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../errors.js';

/** An RFC 9457 problem document. */
export const problem = z
  .object({
    type: z.string().meta({ description: '`urn:earshot:problem:` and the code' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]).meta({ description: 'Stable; explained at `help`' }),
    detail: z.string().meta({ description: 'What happened, with the values' }),
    instance: z.string().optional().meta({ description: 'Path of the request' }),
    requestId: z.string().optional(),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'The single faults of a request' }),
    jobId: z.uuid().optional().meta({ description: 'The job that ended so' }),
    file: z.int().optional().meta({ description: 'Place of the file in question among those of the request, from 0' }),
    filename: z.string().optional(),
    limit: z.int().optional().meta({ description: 'What was exceeded' }),
    line: z.int().optional().meta({ description: 'Number of the line in question, from 1' }),
    sizeBytes: z.int().optional().meta({ description: 'Of the file whose range was asked for' }),
    help: z.string().optional().meta({ description: 'Where the code is explained' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problem>;
