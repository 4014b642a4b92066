import { parseArgs } from 'node:util';
import { z } from 'zod';

const count = z.coerce.number().int().nonnegative();

const options = z.object({
  quick: z.boolean().optional(),
  mutations: count.optional(),
  seed: count.default(1),
  children: count.min(1).default(2),
  from: count.default(0),
  formats: z
    .string()
    .transform((text) => text.split(','))
    .optional(),
  replay: z
    .templateLiteral([z.string(), ':', z.int().nonnegative()])
    .transform((text) => ({ format: text.split(':')[0]!, number: Number(text.split(':')[1]) }))
    .optional(),
});

export function parseOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const texts = { mutations: text, seed: text, children: text, from: text, formats: text, replay: text };
  const { values } = parseArgs({ args, options: { quick: { type: 'boolean' }, ...texts } });
  const { quick, mutations = quick ? 20 : 200, ...others } = options.parse(values);
  return { mutations, ...others };
}

/** The files of the formats that were asked for, in the order in which they were asked for. */
export function chosenFormats<Files>(all: ReadonlyMap<string, Files>, names: readonly string[] = [...all.keys()]): [string, Files][] {
  return names.map((name) => {
    const files = all.get(name);
    if (!files) throw new Error(`there is no format ${name} here, only ${[...all.keys()].join(', ')}`);
    return [name, files];
  });
}
