import type { RequestFault } from '@earshot/contracts';
import { z } from 'zod';
import { parse, pointerOf, requestInvalid } from './parse.js';
import { refuseUnstorableText } from './storable.js';

export type Texts = Readonly<Record<string, string | string[] | undefined>>;

/** Parses options that came as text, by query or as form fields: `true`, `12`, `a,b`, or JSON where a member is an object. */
export function parseTexts<S extends z.ZodType>(schema: S, texts: Texts): z.output<S> {
  const values = parse(schema, valuesOf(shapeOf(schema), texts));
  refuseUnstorableText(values);
  return values;
}

/** The values that texts stand for, each in the form that its member wants; what has another is a fault. Unknown names stay as they are. */
export function valuesOf(shape: z.ZodRawShape, texts: Texts): Record<string, unknown> {
  const faults: RequestFault[] = [];
  const values: [string, unknown][] = [];
  for (const [name, sent] of Object.entries(texts)) {
    if (sent === undefined) continue;
    const member = shape[name];
    const fault = (detail: string) => faults.push({ pointer: pointerOf([name]), detail });
    const type = member === undefined ? 'string' : typeOf(member);
    const add = (value: unknown) => values.push([name, value]);
    const [first = '', ...more] = [sent].flat();
    if (member !== undefined && type === 'array') add(listOf([first, ...more], entryTypeOf(member), fault));
    else if (more.length > 0) fault('must be given once');
    else add(typedValue(type, first, fault));
  }
  if (faults.length > 0) throw requestInvalid(faults);
  return Object.fromEntries(values); // also under `__proto__`, which an assignment would lose
}

function shapeOf(schema: z.ZodType): z.ZodRawShape {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

type TextType = 'boolean' | 'number' | 'array' | 'object' | 'string';

/** What the text of a member stands for. */
export function typeOf(member: z.core.$ZodType): TextType {
  const inner = innerOf(member);
  if (inner instanceof z.ZodBoolean) return 'boolean';
  if (inner instanceof z.ZodNumber) return 'number';
  if (inner instanceof z.ZodArray) return 'array';
  return inner instanceof z.ZodObject || inner instanceof z.ZodRecord ? 'object' : 'string';
}

/** What the text of an entry stands for, where the member is a list. */
function entryTypeOf(member: z.core.$ZodType): TextType {
  const inner = innerOf(member);
  return inner instanceof z.ZodArray ? typeOf(inner.element) : 'string';
}

/** What a member is below what may be left out, has a default, or is changed after it was read. */
function innerOf(member: z.core.$ZodType): z.core.$ZodType {
  if (member instanceof z.ZodOptional || member instanceof z.ZodDefault || member instanceof z.ZodNullable) return innerOf(member.unwrap());
  return member instanceof z.ZodPipe ? innerOf(member.in) : member;
}

function typedValue(type: TextType, text: string, fault: (detail: string) => void): unknown {
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : fault('must be true or false'));
  if (type === 'number') return /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text) ? Number(text) : fault('must be a number');
  return type === 'object' ? jsonOf(text, fault) : text;
}

/** `a,b`, or the name several times, or a list in JSON. */
function listOf(texts: string[], entryType: TextType, fault: (detail: string) => void): unknown {
  const [first = ''] = texts;
  if (texts.length === 1 && first.trimStart().startsWith('[')) return jsonOf(first, fault);
  return texts.flatMap((text) =>
    text.trimStart().startsWith('{') ? [jsonOf(text, fault)] : parts(text).map((part) => typedValue(entryType, part, fault)),
  );
}

function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function jsonOf(text: string, fault: (detail: string) => void): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fault('must be JSON');
  }
}
