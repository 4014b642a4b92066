import { z } from 'zod';

/** An RFC 9457 problem document. */
export const problem = z
  .object({
    type: z.string().meta({ description: '`urn:earshot:problem:` and the code' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable code of the table in docs/errors.md' }),
    detail: z.string().meta({ description: 'What happened, with the values' }),
    instance: z.string().optional().meta({ description: 'Path of the request' }),
    requestId: z.string().optional(),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'The single faults of a request' }),
    help: z.string().optional().meta({ description: 'Where the code is explained' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problem>;
