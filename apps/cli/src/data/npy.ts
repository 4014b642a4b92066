import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import type { SourceFile } from './labels.js';

/** A row of fewer numbers is no sound at any rate: a quarter of a second at 8 kHz. */
const fewestSamples = 2_000;

/**
 * The waveforms of `LABEL.npy`, [clips, samples] or [samples], as WAV files with that label. Arrays of MFCCs are refused: a dataset holds
 * sounds, of which other features can be made and which can be checked, and from MFCCs no sound comes back.
 */
export async function unpackNpy({ at, path }: SourceFile, folder: string, sampleRate: number): Promise<SourceFile[]> {
  const { shape, values } = arrayOf(await readFile(at), path);
  const samples = shape.at(-1) ?? 0;
  if (shape.length > 2 || samples < fewestSamples)
    throw new EarshotError(
      'REQUEST_INVALID',
      `${path} is an array of [${shape.join(', ')}]: that is MFCCs or other features, from which no sound comes back; import the recordings, or arrays of waveforms [clips, samples]`,
    );
  if (!(sampleRate >= 1_000 && sampleRate <= 384_000)) throw new EarshotError('REQUEST_INVALID', `--sample-rate ${sampleRate} is none`);
  const label = (path.split('/').at(-1) ?? '').replace(/\.npy$/, '');
  const files: SourceFile[] = [];
  for (let row = 0; row * samples < values.length; row++) {
    const file = { at: join(folder, `${label.replace(/[^\w-]/g, '_')}-${files.length}-${row}.wav`), path: `${label}/${label}_${row}.wav` };
    await writeFile(file.at, wavFile([values.subarray(row * samples, (row + 1) * samples)], { sampleRate }));
    files.push(file);
  }
  return files;
}

/** NumPy's format 1 to 3: a header of Python literals, then the numbers row by row. Nothing of it is ever run. */
function arrayOf(bytes: Buffer, path: string): { shape: number[]; values: Float32Array } {
  const fail = (what: string) => new EarshotError('BODY_MALFORMED', `${path}: ${what}`);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw fail('it is no array of NumPy');
  const isShort = bytes[6] === 1;
  const start = (isShort ? 10 : 12) + (isShort ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  const header = bytes.toString('latin1', 10, start);
  const type = /'descr': '([^']+)'/.exec(header)?.[1] ?? 'something else';
  const shape = [...(/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').matchAll(/\d+/g)].map(([digits]) => Number(digits));
  if (/'fortran_order': True/.test(header)) throw fail('it is stored column by column; save it with np.ascontiguousarray');
  const format = formats[type];
  if (format === undefined) throw fail(`numbers of the type ${type} are not known; save it as float32`);
  const count = shape.reduce((product, n) => product * n, 1);
  if (shape.length === 0 || bytes.length - start !== count * format.sizeBytes) throw fail('its size does not fit its shape');
  return { shape, values: Float32Array.from({ length: count }, (_, i) => format.read(bytes, start + i * format.sizeBytes)) };
}

const formats: Readonly<Record<string, { sizeBytes: number; read: (bytes: Buffer, at: number) => number }>> = {
  '<f4': { sizeBytes: 4, read: (bytes, at) => bytes.readFloatLE(at) },
  '<f8': { sizeBytes: 8, read: (bytes, at) => bytes.readDoubleLE(at) },
  '<i2': { sizeBytes: 2, read: (bytes, at) => bytes.readInt16LE(at) / 32_768 },
};
