import type { Change } from '@earshot/database';
import type { ContentObject } from '@nestjs/swagger';
import { requestInvalid } from '../requests/parse.js';
import { refuseUnstorableText } from '../requests/storable.js';

/** What the fields beside uploaded files say. */
export const entryFields = ['label', 'labels', 'group', 'groups', 'folds', 'labelsFrom'] as const;

type Fields = Readonly<Record<string, string[] | undefined>>;
type Said = Pick<Change, 'label' | 'group' | 'fold'>;

const maxLength = 200;

/** Of each file what the fields say of it: nothing, where they do not. */
export function saidOfFiles(fields: Fields, filenames: readonly string[]): Said[] {
  refuseUnstorableText(fields);
  const isByPrefix = labelsFromOf(fields) === 'prefix';
  const labels = eachOf(fields, 'label', 'labels', filenames.length);
  const groups = eachOf(fields, 'group', 'groups', filenames.length);
  const folds = eachOf(fields, undefined, 'folds', filenames.length);
  refuseUnstorableText({ labels: labels ?? [], groups: groups ?? [] }); // a list in JSON says as an escape what its text does not have
  return filenames.map((filename, i) => ({
    label: wordOf('labels', labels?.[i] ?? (isByPrefix ? prefixOf(filename) : null)),
    group: wordOf('groups', groups?.[i] ?? null),
    fold: foldOf(folds?.[i] ?? null),
  }));
}

/** The file name up to the first `_`; null where it has none. */
export function prefixOf(filename: string): string | null {
  const end = filename.indexOf('_');
  return end > 0 ? filename.slice(0, end) : null;
}

function labelsFromOf({ labelsFrom = ['field'] }: Fields): 'field' | 'prefix' {
  const [from = ''] = labelsFrom;
  if (from === 'field' || from === 'prefix') return from;
  throw requestInvalid([{ pointer: '#/labelsFrom', detail: 'must be field or prefix' }]);
}

/** One for all, or as many as there are files; what is empty is not known. */
function eachOf(fields: Fields, one: string | undefined, many: string, files: number): (string | null)[] | null {
  const forAll = one === undefined ? undefined : fields[one];
  const each = fields[many];
  if (forAll !== undefined && each !== undefined) throw requestInvalid([{ pointer: `#/${many}`, detail: `must not stand beside ${one}` }]);
  if (forAll !== undefined) return new Array<string | null>(files).fill(known(forAll[0]));
  if (each === undefined) return null;
  const values = listOf(many, each);
  if (values.length === files) return values;
  throw requestInvalid([{ pointer: `#/${many}`, detail: `must have one entry for each file: ${values.length} for ${files} files` }]);
}

/** A list in JSON, the field several times, or words with commas between them. */
function listOf(name: string, texts: string[]): (string | null)[] {
  const [first = ''] = texts;
  if (texts.length > 1) return texts.map(known);
  if (!first.trimStart().startsWith('[')) return first.split(',').map((word) => known(word.trim()));
  const fault = () => requestInvalid([{ pointer: `#/${name}`, detail: 'must be a list of texts, numbers or null in JSON' }]);
  let values: unknown;
  try {
    values = JSON.parse(first);
  } catch {
    throw fault();
  }
  if (!Array.isArray(values)) throw fault();
  return values.map((value: unknown) => {
    if (value === null) return null;
    if (typeof value === 'string' || typeof value === 'number') return known(String(value));
    throw fault();
  });
}

function known(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function wordOf(name: string, word: string | null): string | null {
  if (word !== null && word.length > maxLength)
    throw requestInvalid([{ pointer: `#/${name}`, detail: `must be at most ${maxLength} characters each` }]);
  return word;
}

function foldOf(text: string | null): number | null {
  if (text === null) return null;
  const fold = Number(text);
  if (/^\d{1,5}$/.test(text) && fold <= 32_767) return fold;
  throw requestInvalid([{ pointer: '#/folds', detail: 'must be whole numbers from 0 to 32767' }]);
}

const words = { type: 'array' as const, items: { type: 'string' as const } };

/** The multipart body of the document. */
export const entryFieldsBody: ContentObject = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: ['file'],
      additionalProperties: false,
      properties: {
        file: { type: 'array', items: { type: 'string', format: 'binary' }, minItems: 1, maxItems: 10_000 },
        label: { type: 'string', description: 'Of all files' },
        labels: { ...words, description: 'Of each file, in their order' },
        group: { type: 'string', description: 'Of all files: the recording or the speaker that they come from' },
        groups: { ...words, description: 'Of each file' },
        folds: { type: 'array', items: { type: 'integer' }, description: 'Of each file, of a split that came with the data' },
        labelsFrom: {
          type: 'string',
          enum: ['field', 'prefix'],
          default: 'field',
          description: '`prefix`: a file that no field gives a label has its name up to the first `_` for one',
        },
      },
    },
  },
};
