import { rmSync } from 'node:fs';
import { killGroup } from '../pool/kill-group.js';

/** The end of a child whose parent has gone: its folder, itself, and the programs it started. */
export function endOwnGroup(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  killGroup(process.pid);
}
