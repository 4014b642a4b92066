import { z } from 'zod';
import type { ErrorCode } from './errors.js';
import { defineJob, itemTaskOf, type Job } from './job.js';

interface KindSpec extends Job {
  /** `POST /api/v1/{route}` asks for it; in documents its operations stand together under this name. */
  readonly route: string;
  /** What its components and operations are called in the document and in generated clients: `Description` makes `createDescription`, `DescriptionResult`. */
  readonly noun: string;
  /** For people: what they get, and what they have to know. */
  readonly description: string;
  /** What it works on: clips (files, ids, or lines), a dataset that its options name, or nothing but its options. */
  readonly over: 'clips' | 'dataset' | 'nothing';
  /** Its options: in the query, in form fields, or in a JSON body. */
  readonly input: z.ZodObject;
  /** The members of an item's result that are columns of a table; by default those that fit into a cell. */
  readonly csvColumns?: readonly string[];
  /** The codes with which a request for it may be refused, beside those of every request. */
  readonly problems?: readonly ErrorCode[];
  /** One real case; a test holds it against the schemas above. */
  readonly example: { readonly input: object; readonly item?: object; readonly result?: object };
}

/** A kind of work that clients can ask for: its route, documents, tables and the verb of the command line derive from this object. */
export type Kind = KindSpec;

export function defineKind<const Spec extends KindSpec>(spec: Spec): Spec {
  defineJob(spec);
  const taken = Object.keys(spec.input.shape).filter((name) => besideOptions.has(name));
  if (taken.length > 0)
    throw new Error(`Kind ${spec.kind}: a request says something else by ${taken.join(', ')}; call the option otherwise`);
  return spec;
}

/** What stands beside the options in the query, the fields, or the body of a request for work. */
const besideOptions = new Set(['file', 'clipIds', 'customIds', 'metadata', 'priority', 'expiresInSeconds']);

/** What a kind says of each of its items; null for one that has none. */
export function itemResultOf({ over, stages }: Kind): z.ZodType<object> | null {
  return over !== 'nothing' ? (itemTaskOf(stages)?.itemResult ?? null) : null;
}

/** The columns of a table of items, beside those that every table has. */
export interface ResultColumns {
  names: string[];
  /** The cells of one item's result; null where it has none. */
  cells: (result: unknown) => unknown[];
}

/** The columns of a kind's results: the members that its contract names, or else all that fit into a cell. */
export function contractColumns(kind: Kind): ResultColumns {
  const names = kind.csvColumns === undefined ? cellsOfResult(kind) : [...kind.csvColumns];
  const cells = (result: unknown) => {
    const members: Record<string, unknown> = typeof result === 'object' && result !== null ? { ...result } : {};
    return names.map((name) => asCell(members[name]));
  };
  return { names, cells };
}

function cellsOfResult(kind: Kind): string[] {
  const schema = itemResultOf(kind);
  if (!(schema instanceof z.ZodObject)) return [];
  const isCell = (member: unknown) => !(member instanceof z.ZodObject || member instanceof z.ZodArray || member instanceof z.ZodRecord);
  return Object.entries(schema.shape).flatMap(([name, member]) => (isCell(member) ? [name] : []));
}

/** Lists of words, such as warnings, read better as words than as JSON. */
function asCell(value: unknown): unknown {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value.join(' ') : value;
}

/** The codes with which work of a kind may end. */
export function endingsOf({ stages }: Kind): ErrorCode[] {
  const tasks = stages.flatMap(({ parts }) => parts.map(({ task }) => task));
  const stalls: ErrorCode[] = tasks.some(({ progressSeconds }) => progressSeconds !== undefined) ? ['TASK_STALLED'] : [];
  return [...new Set([...tasks.flatMap((task) => [...task.itemErrors, ...task.errors]), ...stalls])];
}
