import { EarshotError } from '@earshot/contracts';
import { z } from 'zod';
import { readTensors, type Tensor, writeTensors } from './safetensors.js';

const format = 'earshot-model@1';

/** What every model says of itself. */
export interface ModelHeader {
  /** Who opens it. */
  family: string;
  recipe: string;
  labels: readonly string[];
  /** Of a row; null when rows may be of any length. */
  shape: readonly number[] | null;
  /** What confidence is divided by, in logits; 1 where none was fitted. */
  temperature: number;
}

export interface ModelFile {
  header: ModelHeader;
  tensors: ReadonlyMap<string, Tensor>;
  /** What else the family keeps beside its tensors: any JSON. */
  details: unknown;
}

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown; // narrowed by the schema it is piped into
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});

const metadataSchema = z.strictObject({
  format: z.literal(format),
  family: z.string().min(1),
  recipe: z.string().min(1),
  labels: json.pipe(z.array(z.string()).min(1)),
  shape: json.pipe(z.array(z.int().positive()).nullable()),
  temperature: json.pipe(z.number().positive()),
  details: json,
});

/** A model as a safetensors file; the same model gives the same bytes. */
export function writeModel({ header, tensors, details }: ModelFile): Uint8Array<ArrayBuffer> {
  const { family, recipe, labels, shape, temperature } = header;
  const texts = { labels: JSON.stringify(labels), shape: JSON.stringify(shape), temperature: JSON.stringify(temperature) };
  return writeTensors({ tensors, metadata: { format, family, recipe, ...texts, details: JSON.stringify(details) } });
}

export function readModel(file: Uint8Array): ModelFile {
  const { metadata, tensors } = readTensors(file);
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) throw new EarshotError('MODEL_INVALID', `Not a model: ${z.prettifyError(parsed.error)}`);
  const { details, format: _format, ...header } = parsed.data;
  return { header, tensors, details };
}

/** A tensor of 32-bit floats with exactly this shape. */
export function floatsOf(tensors: ReadonlyMap<string, Tensor>, name: string, shape: readonly number[]): Float32Array {
  const values = valuesOf(tensors, name, shape);
  if (!(values instanceof Float32Array)) throw new EarshotError('MODEL_INVALID', `${name} is not of type F32`);
  return values;
}

/** A tensor of 64-bit floats with exactly this shape. */
export function doublesOf(tensors: ReadonlyMap<string, Tensor>, name: string, shape: readonly number[]): Float64Array {
  const values = valuesOf(tensors, name, shape);
  if (!(values instanceof Float64Array)) throw new EarshotError('MODEL_INVALID', `${name} is not of type F64`);
  return values;
}

/** A tensor of 32-bit whole numbers with exactly this shape. */
export function wholeNumbersOf(tensors: ReadonlyMap<string, Tensor>, name: string, shape: readonly number[]): Int32Array {
  const values = valuesOf(tensors, name, shape);
  if (!(values instanceof Int32Array)) throw new EarshotError('MODEL_INVALID', `${name} is not of type I32`);
  return values;
}

function valuesOf(tensors: ReadonlyMap<string, Tensor>, name: string, shape: readonly number[]): Tensor['values'] {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new EarshotError('MODEL_INVALID', `There is no tensor ${name}`);
  const isRight = tensor.shape.length === shape.length && shape.every((length, i) => tensor.shape[i] === length);
  if (!isRight) throw new EarshotError('MODEL_INVALID', `${name} is [${tensor.shape.join(', ')}] and not [${shape.join(', ')}]`);
  return tensor.values;
}
