import {
  clip,
  clipUpload,
  describeRequest,
  description,
  features,
  featuresRequest,
  itemResource,
  itemsResult,
  jobResource,
  page,
  problem,
  profileList,
  profileResource,
  vector,
} from '@earshot/contracts';
import type { SchemaObject } from '@nestjs/swagger';
import { z } from 'zod';
import { clipLine } from '../work/clips-of-lines.js';

const descriptionItem = itemResource(description);

/** What the gateway sends, by the name that clients see. */
const sent = {
  Clip: clip,
  ClipUpload: clipUpload,
  Problem: problem,
  Job: jobResource,
  JobPage: page(jobResource),
  Description: description,
  DescriptionItem: descriptionItem,
  DescriptionItemPage: page(descriptionItem),
  DescriptionResult: itemsResult(description),
  Vector: vector,
  Features: features,
  FeaturesResult: itemsResult(features),
  Profile: profileResource,
  ProfileList: profileList,
};

/** What it takes: a member with a default is required in what is sent and optional here, so these are schemas of their own. */
const taken = {
  DescribeRequest: describeRequest,
  FeaturesRequest: featuresRequest,
  ClipLine: clipLine,
};

export type SchemaName = keyof typeof sent | keyof typeof taken;

export function schemaRef(name: SchemaName): { $ref: string } {
  return { $ref: pathOf(name) };
}

/** `components.schemas` of the document. */
export function componentSchemas(): Record<string, SchemaObject> {
  return { ...converted(sent, 'output'), ...converted(taken, 'input') };
}

function converted(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, SchemaObject> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: documents } = z.toJSONSchema(registry, {
    target: 'draft-2020-12', // what OpenAPI 3.1 speaks
    uri: pathOf,
    io,
    unrepresentable: 'any', // a check of our own says in its metadata what it takes; a test finds those that do not
    override({ jsonSchema }) {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern; // says the same again, at length
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties; // answers may gain members
    },
  });
  return Object.fromEntries(Object.entries(documents).map(([id, schema]) => [id, plain(schema)]));
}

/** The schema alone, without what zod hangs on it. */
function plain(schema: object): SchemaObject {
  const { $schema: _, $id: __, id: ___, ...rest } = JSON.parse(JSON.stringify(schema));
  return rest;
}

function pathOf(name: string): string {
  return `#/components/schemas/${name}`;
}
