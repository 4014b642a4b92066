// What a training works on, as two files in a folder: all rows one behind the other as 32-bit floats, and what is known of each. The service
// writes them as it streams the vectors; a child reads them, whole where they are small and row by row where they are not.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { TrainingData } from '@earshot/learning';
import { z } from 'zod';

/** `t` training, `v` validation, `e` test. */
export type RowPart = 't' | 'v' | 'e';

export interface RowNote {
  part: RowPart;
  /** Index into the labels. */
  label: number;
  /** The recording or speaker it comes from; where none is known, a number of its own. */
  group: number;
}

const rowsName = 'rows.f32';
const indexName = 'index';

const typed = <T>(name: string) => z.custom<T>((value) => Object.prototype.toString.call(value) === `[object ${name}]`);
const index = z.object({
  shape: z.array(z.int().positive()),
  labels: z.array(z.string()),
  /** Of each row where it begins, and last where the rows end; counted in values. */
  starts: typed<Float64Array>('Float64Array'),
  labelOf: typed<Int32Array>('Int32Array'),
  groupOf: typed<Int32Array>('Int32Array'),
  parts: z.string(),
});
type RowsIndex = z.output<typeof index>;

const writeBytes = 1_048_576;

/** Children of another account read them by a second name; their folder keeps everybody else out. */
const mode = 0o644;

/** Writes rows in any number: memory grows by a few numbers a row. */
export class RowsWriter {
  private readonly starts = [0];
  private readonly labelOf: number[] = [];
  private readonly groupOf: number[] = [];
  private parts = '';
  private shape: number[] | undefined;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;

  private constructor(
    private readonly folder: string,
    private readonly file: FileHandle,
  ) {}

  static async open(folder: string): Promise<RowsWriter> {
    return new RowsWriter(folder, await open(join(folder, rowsName), 'w', mode));
  }

  get rows(): number {
    return this.labelOf.length;
  }

  /** `bytes` are 32-bit floats, least significant byte first. */
  async add(bytes: Uint8Array, shape: number[], { part, label, group }: RowNote): Promise<void> {
    this.shape ??= shape;
    if (shape.length !== this.shape.length || shape[0] !== this.shape[0])
      throw new Error(`A row of ${shape.join(' x ')} among those of ${this.shape.join(' x ')}`);
    this.starts.push((this.starts.at(-1) ?? 0) + bytes.byteLength / 4);
    this.labelOf.push(label);
    this.groupOf.push(group);
    this.parts += part;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.byteLength;
    if (this.waitingBytes > writeBytes) await this.flush();
  }

  async end(labels: readonly string[]): Promise<void> {
    await this.flush();
    await this.file.close();
    const content: RowsIndex = {
      shape: this.shape ?? [],
      labels: [...labels],
      starts: Float64Array.from(this.starts),
      labelOf: Int32Array.from(this.labelOf),
      groupOf: Int32Array.from(this.groupOf),
      parts: this.parts,
    };
    await writeFile(join(this.folder, indexName), serialize(content), { mode });
  }

  async abandon(): Promise<void> {
    await this.file.close();
  }

  private async flush(): Promise<void> {
    await this.file.appendFile(Buffer.concat(this.waiting));
    this.waiting = [];
    this.waitingBytes = 0;
  }
}

/** Rows up to this size are held in memory as a whole. */
const residentBytes = 64 * 2 ** 20;

/** The rows of a folder. */
export class RowsReader {
  readonly labels: readonly string[];
  private readonly index: RowsIndex;
  private readonly file: number | null;
  private readonly resident: Float32Array | null;

  constructor(folder: string) {
    this.index = index.parse(deserialize(readFileSync(join(folder, indexName))));
    this.labels = this.index.labels;
    const path = join(folder, rowsName);
    const isSmall = (this.index.starts.at(-1) ?? 0) * 4 <= residentBytes;
    this.resident = isSmall ? floatsIn(readFileSync(path)) : null;
    this.file = isSmall ? null : openSync(path, 'r');
  }

  /** The rows of a part, in their order. */
  part(part: RowPart): TrainingData {
    const { shape, parts, labelOf, groupOf } = this.index;
    const rows = Int32Array.from([...parts].flatMap((of, row) => (of === part ? [row] : [])));
    return {
      shape,
      rows: rows.length,
      row: (i) => this.read(rows[i] ?? -1),
      labels: rows.map((row) => labelOf[row]!),
      groups: rows.map((row) => groupOf[row]!),
    };
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
  }

  private read(row: number): Float32Array {
    const { starts } = this.index;
    const [start, end] = [starts[row], starts[row + 1]];
    if (start === undefined || end === undefined) throw new RangeError(`There is no row ${row}`);
    if (this.resident !== null) return this.resident.subarray(start, end);
    const values = new Float32Array(end - start);
    readSync(this.file ?? -1, values, 0, values.byteLength, start * 4);
    return values;
  }
}

function floatsIn(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const isAligned = bytes.byteOffset % 4 === 0;
  return isAligned ? new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4) : new Float32Array(bytes.slice().buffer);
}
