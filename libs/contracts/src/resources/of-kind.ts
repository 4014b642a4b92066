import { z } from 'zod';
import { itemResultOf, type Kind } from '../kind.js';
import { itemResource, itemsResult, jobResource, resultHead } from './job.js';
import { page } from './page.js';

export type KindResources = ReturnType<typeof makeResources>;

const made = new WeakMap<Kind, KindResources>();

/** What is sent and taken for one kind of work: the shapes that all kinds share, narrowed by `kind`. */
export function resourcesOf(kind: Kind): KindResources {
  const resources = made.get(kind) ?? makeResources(kind);
  made.set(kind, resources);
  return resources;
}

function makeResources(kind: Kind) {
  const name = z.literal(kind.kind);
  const stages = z.enum(kind.stages.map((stage) => stage.name));
  const answer = itemResultOf(kind) ?? z.null();
  const item = itemResource(answer);
  const head = resultHead.extend({ kind: name, ...(kind.result === undefined ? {} : { result: kind.result }) });
  return {
    job: jobResource.extend({
      kind: name,
      stage: stages.nullable().meta({ description: 'The stage that is open; null once the job has ended' }),
    }),
    answer,
    item,
    itemPage: page(item).extend({ kind: name }),
    result: kind.over === 'clips' ? itemsResult(answer, item).extend(head.shape) : head,
    request: kind.over === 'clips' ? clipsRequest(kind) : z.strictObject({ ...metadata, ...optionsOf(kind) }),
  };
}

const optionsMade = new WeakMap<Kind, z.ZodRawShape>();

/** The options as a request may carry them: each may be left out, because it may stand elsewhere in the request or have a default. */
export function optionsOf(kind: Kind): z.ZodRawShape {
  const options = optionsMade.get(kind) ?? makeOptions(kind);
  optionsMade.set(kind, options); // every request asks for them
  return options;
}

function makeOptions({ input }: Kind): z.ZodRawShape {
  return Object.fromEntries(Object.entries(input.shape).map(([name, member]) => [name, z.optional(withoutDefault(member))]));
}

export interface ClipsRequest {
  clipIds: string[];
  customIds?: string[];
  metadata?: Record<string, string>;
  [option: string]: unknown;
}

const metadata = {
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .optional()
    .meta({ description: 'Anything you want to find again on the job' }),
};

/** Work on clips that are stored already. */
function clipsRequest(kind: Kind) {
  return z
    .strictObject({
      clipIds: z.array(z.uuid()).min(1).max(10_000).meta({ description: 'The same clip may stand several times' }),
      customIds: z
        .array(z.string().min(1).max(255))
        .max(10_000)
        .optional()
        .meta({ description: 'Your own name for each item, as many as there are clips' }),
      ...metadata,
      ...optionsOf(kind),
    })
    .refine(({ clipIds, customIds }) => customIds === undefined || (Array.isArray(clipIds) && customIds.length === clipIds.length), {
      path: ['customIds'],
      message: 'must have as many entries as clipIds',
    });
}

function withoutDefault(member: z.core.$ZodType): z.core.$ZodType {
  if (member instanceof z.ZodDefault || member instanceof z.ZodOptional) {
    const { description } = member;
    const inner = withoutDefault(member.unwrap());
    return description !== undefined && inner instanceof z.ZodType ? inner.describe(description) : inner;
  }
  return member;
}
