import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { EarshotError } from '@earshot/contracts';
import { type ClipFile, Sandbox } from '@earshot/sandbox';
import { say } from '../terminal.js';

export interface FileError {
  file: string;
  error: { code: string; detail: string };
}

const warnings = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Works on files in the sandbox, as many at a time as there are processors, and hands over what came out in the order of the
 * files: an answer, or the error of that file alone. Returns how many failed.
 */
export async function eachFile<Answer>(
  files: readonly string[],
  work: (sandbox: Sandbox, file: ClipFile) => Promise<Answer>,
  tell: (outcome: { file: string; answer: Answer } | FileError) => void,
): Promise<number> {
  const sandbox = new Sandbox({ children: Math.min(availableParallelism(), files.length), log: warnings });
  let failed = 0;
  try {
    const outcomes = files.map((file) => outcomeOf(file, sandbox, work));
    for (const outcome of outcomes) {
      const told = await outcome;
      if ('error' in told) failed += 1;
      tell(told);
    }
  } finally {
    await sandbox.close();
  }
  if (failed > 0) say(`${failed} of ${files.length} files failed`);
  return failed;
}

async function outcomeOf<Answer>(file: string, sandbox: Sandbox, work: (sandbox: Sandbox, file: ClipFile) => Promise<Answer>) {
  try {
    return { file, answer: await work(sandbox, clipFile(file)) };
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    return { file, error: { code: error.code, detail: error.detail } };
  }
}

function clipFile(file: string): ClipFile {
  const path = resolve(file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw new EarshotError('FILE_NOT_FOUND', stats ? `${file} is no file` : `There is no file ${path}`);
  if (stats.size === 0) throw new EarshotError('AUDIO_EMPTY', 'The file has no bytes');
  return { path, sizeBytes: stats.size };
}
