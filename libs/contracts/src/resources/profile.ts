import { z } from 'zod';

/** A feature profile, readable: what its numbers are, in their order. */
export const profileResource = z
  .object({
    id: z.string().meta({ description: '`name@version`', example: 'talent-37@1' }),
    hash: z.string().meta({ description: 'SHA-256 over all parameters: equal numbers come out if and only if it is equal' }),
    kind: z.enum(['vector', 'matrix']),
    columns: z
      .array(z.object({ name: z.string(), unit: z.string(), description: z.string() }))
      .meta({ description: 'The entries of a vector in their order; of a matrix, what its rows are' }),
    definition: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Every parameter; change one, give it a name, and send it as a profile of your own' }),
  })
  .meta({ id: 'Profile' });

export type ProfileResource = z.output<typeof profileResource>;

export const profileList = z.object({ items: z.array(profileResource) }).meta({ id: 'ProfileList' });
