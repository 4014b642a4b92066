// npm run show -- formats: every format, number of channels and rate, encoded by ffmpeg, decoded by us, compared with ffmpeg's decoding;
// what has no decoder of ours goes through the sandbox, and its length is compared.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from '@earshot/sandbox';
import { checkFormat } from './formats/check-format.js';
import { formatCases } from './formats/format-cases.js';

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-formats-'));
  const sandbox = new Sandbox({ children: 1, log: { info() {}, warn: console.error, error: console.error } });
  let [checked, faulty] = [0, 0];
  try {
    for (const item of formatCases) {
      for (const channels of item.channels) {
        for (const rate of item.rates) {
          const finding = await checkFormat(item, rate, channels, join(folder, `clip.${item.extension}`), (clip) =>
            sandbox.run('describe', clip),
          );
          console.log(JSON.stringify(finding));
          checked += 1;
          if (finding.faults.length > 0) faulty += 1;
        }
      }
    }
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
  console.log(JSON.stringify({ checked, faulty }));
  process.exitCode = faulty === 0 ? 0 : 1;
}
