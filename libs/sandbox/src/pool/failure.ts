import { type ErrorCode, errorCodes, isErrorCode } from '@earshot/contracts';
import type { FailureMessage } from './messages.js';

export const mostDetailChars = 2_000;

/** What a child says of its failure, in the form that rows and clients take. */
export function cleanFailure({ code, detail, members }: FailureMessage): FailureMessage {
  return { code, detail: detail.slice(0, mostDetailChars).replaceAll('\0', '').toWellFormed(), members };
}

/**
 * What a child may say of itself: what is wrong with what it was given, and that its disk is full. That the service ends, a job was cancelled
 * or the store is away it cannot know, and a task that hears it is handed back and begun again without end.
 */
export function isOfChild(code: string | null): code is ErrorCode {
  return isErrorCode(code) && (code === 'STORAGE_FULL' || (!errorCodes[code].retry && code !== 'JOB_CANCELLED'));
}
