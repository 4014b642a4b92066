import type { components } from '../generated/openapi.js';

export type Problem = components['schemas']['Problem'];

type Said = Partial<Problem> & { title: string; detail: string };

/** Whatever can go wrong, in words: what happened, why, what it is called in the table of errors, and the request to look for in the log. */
export class Failure extends Error {
  readonly title: string;
  /** Null where it is not the server that said so. */
  readonly code: string | null;
  readonly help: string | null;
  readonly requestId: string | null;
  readonly faults: NonNullable<Problem['errors']>;
  /** It passes by itself: after so many seconds the same may be asked again. */
  readonly againAfterSeconds: number | null;

  constructor({ title, detail, code, help, requestId, errors }: Said, againAfterSeconds: number | null = null) {
    super(detail);
    this.name = 'Failure';
    this.title = title;
    this.code = code ?? null;
    this.help = help ?? null;
    this.requestId = requestId ?? null;
    this.faults = errors ?? [];
    this.againAfterSeconds = againAfterSeconds;
  }
}

/** The server was not there to be asked. */
export class AwayFailure extends Failure {
  constructor() {
    const detail = navigator.onLine ? 'It may be starting again; what it had accepted is not lost.' : 'This device is offline.';
    super({ title: 'The server cannot be reached', detail });
  }
}

/** The server is there, and a request to it, or its answer, did not come to its end. */
export class BrokenOffFailure extends Failure {
  constructor() {
    const detail = 'The server is there. The connection was cut, or a file to send was moved, changed, or is a folder.';
    super({ title: 'The request broke off', detail });
  }
}

/** What went wrong, whatever was thrown; a fault of the page itself says so. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure({ title: 'This page has a fault', detail, code: 'INTERNAL' });
}
