import type { RequestFault } from '@earshot/contracts';
import { pointerOf, requestInvalid } from './parse.js';

/** Far deeper than anything that is asked for, and far from the end of the stack for whoever walks over it. */
const maxDepth = 32;

/** Postgres stores neither NUL nor halves of surrogate pairs, and what is nested without end is walked by nobody; JSON can carry all three. */
export function refuseUnstorableText(value: unknown): void {
  const faults: RequestFault[] = [];
  visit(value, [], faults);
  if (faults.length > 0) throw requestInvalid(faults);
}

function visit(value: unknown, path: string[], faults: RequestFault[]): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      faults.push({ pointer: pointerOf(path), detail: 'must be well-formed text without NUL' });
  } else if (typeof value === 'object' && value !== null) {
    if (path.length === maxDepth) return void faults.push({ pointer: pointerOf(path), detail: `is nested more than ${maxDepth} deep` });
    for (const [name, member] of Object.entries(value)) {
      visit(name, path, faults);
      visit(member, [...path, name], faults);
    }
  }
}
