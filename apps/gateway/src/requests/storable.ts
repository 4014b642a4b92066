import type { RequestFault } from '@earshot/contracts';
import { requestInvalid } from './parse.js';

/** Postgres stores neither NUL nor halves of surrogate pairs; JSON can carry both. `value` has been parsed, so its depth is bounded. */
export function refuseUnstorableText(value: unknown): void {
  const faults: RequestFault[] = [];
  visit(value, '#', faults);
  if (faults.length > 0) throw requestInvalid(faults);
}

function visit(value: unknown, pointer: string, faults: RequestFault[]): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) faults.push({ pointer, detail: 'must be well-formed text without NUL' });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      visit(name, pointer, faults);
      visit(member, `${pointer}/${name}`, faults);
    }
  }
}
