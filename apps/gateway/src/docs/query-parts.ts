import type { ApiQueryOptions, SchemaObject } from '@nestjs/swagger';
import { z } from 'zod';
import { typeOf } from '../requests/from-text.js';
import { schemaOf } from './schemas.js';

/** The parameters of a query, from its schema; lists come with commas between their entries, objects as JSON. */
export function queryParameters(schema: z.ZodObject): ApiQueryOptions[] {
  return Object.entries(schema.shape).map(([name, member]) => {
    const { description, ...shown } = textSchemaOf(member);
    if (typeOf(member) === 'object')
      return { name, required: !isOptional(member), description, content: { 'application/json': { schema: shown } } };
    const style = typeOf(member) === 'array' ? { style: 'form' as const, explode: false } : {};
    return { name, required: !isOptional(member), description, schema: shown, ...style };
  });
}

/** The schema of an option as text carries it: of a list whose entries may be objects, only their names. */
export function textSchemaOf(member: z.core.$ZodType): SchemaObject {
  const schema = schemaOf(member);
  if (!('items' in schema) || schema.items === undefined || !('anyOf' in schema.items)) return schema;
  const [text] = (schema.items.anyOf ?? []).filter((entry) => 'type' in entry && entry.type === 'string');
  return text === undefined ? schema : { ...schema, items: text };
}

function isOptional(member: z.core.$ZodType): boolean {
  return member instanceof z.ZodType && member.safeParse(undefined).success;
}
