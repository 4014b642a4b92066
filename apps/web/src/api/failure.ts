import type { components } from '../generated/openapi.js';

export type Problem = components['schemas']['Problem'];

/** Whatever can go wrong, in words: what happened, why, what it is called in the table of errors, and the request to look for in the log. */
export class Failure extends Error {
  readonly title: string;
  /** Null where it is not the server that said so. */
  readonly code: string | null;
  readonly help: string | null;
  readonly requestId: string | null;
  readonly faults: NonNullable<Problem['errors']>;

  constructor({ title, detail, code, help, requestId, errors }: Partial<Problem> & { title: string; detail: string }) {
    super(detail);
    this.name = 'Failure';
    this.title = title;
    this.code = code ?? null;
    this.help = help ?? null;
    this.requestId = requestId ?? null;
    this.faults = errors ?? [];
  }
}

export function awayFailure(): Failure {
  const detail = navigator.onLine ? 'It may be starting again; what it had accepted is not lost.' : 'This device is offline.';
  return new Failure({ title: 'The server cannot be reached', detail });
}

/** What went wrong, whatever was thrown; a fault of the page itself says so. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure({ title: 'This page has a fault', detail, code: 'INTERNAL' });
}
