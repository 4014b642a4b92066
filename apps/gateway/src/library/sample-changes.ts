import { type SampleSaid, sampleFields } from '@earshot/contracts';
import type { SampleChange } from '@earshot/database';
import type { ContentObject } from '@nestjs/swagger';
import { textSchemaOf } from '../docs/query-parts.js';
import { valuesOf } from '../requests/from-text.js';
import { parse, requestInvalid } from '../requests/parse.js';
import { refuseUnstorableText } from '../requests/storable.js';

/** As the rows have it: the genre is the label of the entry. */
export function changeOf({ genre, ...said }: SampleSaid): Omit<SampleChange, 'clipId'> {
  return genre === undefined ? said : { ...said, label: genre };
}

export const sampleFieldNames = Object.keys(sampleFields.shape);

/** Of each file what the fields beside them say of it. */
export function saidOfSamples(fields: Readonly<Record<string, string[] | undefined>>, files: number): Omit<SampleChange, 'clipId'>[] {
  const values = valuesOf(sampleFields.shape, fields);
  refuseUnstorableText(values);
  const { samples, ...all } = parse(sampleFields, values);
  if (samples !== undefined && samples.length !== files)
    throw requestInvalid([{ pointer: '#/samples', detail: `must have one entry for each file: ${samples.length} for ${files} files` }]);
  return Array.from({ length: files }, (_, i) => changeOf({ ...all, ...samples?.[i] }));
}

/** The multipart body of the document. */
export const sampleFilesBody: ContentObject = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: ['file'],
      additionalProperties: false,
      properties: {
        file: { type: 'array', items: { type: 'string', format: 'binary' }, minItems: 1, maxItems: 10_000 },
        ...Object.fromEntries(Object.entries(sampleFields.shape).map(([name, member]) => [name, textSchemaOf(member)])),
      },
    },
  },
};
