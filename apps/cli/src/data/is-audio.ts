import { open } from 'node:fs/promises';
import { sniffBytes, sniffFormat } from '@earshot/audio';

/** Whether a server would take the file: by its content, whatever its name. */
export async function isAudio(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(sniffBytes), 0, sniffBytes, 0);
    return bytesRead > 0 && sniffFormat(buffer.subarray(0, bytesRead)) !== null;
  } finally {
    await file.close();
  }
}
