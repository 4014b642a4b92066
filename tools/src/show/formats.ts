// npm run show -- formats: every format, number of channels and rate, written by ffmpeg (AMR by ourselves), decoded by us, compared with ffmpeg's decoding;
// what has no decoder of ours goes through the sandbox, and its length and level are compared.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from '@earshot/sandbox';
import { printLine } from '../print-line.js';
import { checkFormat } from './formats/check-format.js';
import type { FormatFinding } from './formats/finding.js';
import { type FormatCase, formatCases } from './formats/format-cases.js';

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-formats-'));
  const sandbox = new Sandbox({ children: 1, log: { info() {}, warn: console.error, error: console.error } });
  const faulty: FormatFinding[] = [];
  let checked = 0;
  console.log(
    '| format | channels | kHz | decoder | most off in length | most off beside ffmpeg | cells | faulty |\n|---|---|---|---|---|---|---|---|',
  );
  try {
    for (const item of formatCases) {
      const findings: FormatFinding[] = [];
      for (const channels of item.channels) {
        for (const rate of item.rates) {
          const path = join(folder, `clip.${item.extension}`);
          findings.push(await checkFormat(item, rate, channels, path, (clip) => sandbox.run('describe', clip)));
        }
      }
      console.log(rowOf(item, findings));
      checked += findings.length;
      faulty.push(...findings.filter(({ faults }) => faults.length > 0));
    }
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
  for (const finding of faulty) printLine(finding);
  printLine({ checked, faulty: faulty.length });
  process.exitCode = faulty.length === 0 ? 0 : 1;
}

function rowOf({ name, channels, rates, knowsPadding }: FormatCase, findings: FormatFinding[]): string {
  const kHz = rates.map((rate) => rate / 1000).join(' ');
  const decoders = [...new Set(findings.map(({ decoder }) => decoder))].join(', ');
  const excessMs = Math.max(...findings.map((finding) => Math.abs(finding.excessMs)));
  const length = knowsPadding ? `${excessMs.toFixed(1)} ms` : `(${excessMs.toFixed(1)} ms of padding)`;
  const error = Math.max(...findings.map(({ errorOfRms }) => errorOfRms));
  const faults = findings.filter((finding) => finding.faults.length > 0).length;
  const cells = [name, channels.join(' '), kHz, decoders, length, error.toExponential(1), findings.length, faults];
  return `| ${cells.join(' | ')} |`;
}
