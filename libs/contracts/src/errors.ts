// The closed table of everything that can go wrong. docs/errors.md explains each code to users; a test compares the two.

interface ErrorSpec {
  /** The HTTP status of an answer that carries this code. */
  readonly status: number;
  /** Whether the engine tries the task again, with back-off, before it gives up. */
  readonly retry: boolean;
  /** That something is away without which no task of its kind can be done: it is asked for again soon after it has come back. */
  readonly away?: true;
  readonly title: string;
}

export const errorCodes = {
  REQUEST_INVALID: { status: 400, retry: false, title: 'The request does not have the documented shape' },
  BODY_MALFORMED: { status: 400, retry: false, title: 'The body cannot be parsed' },
  BODY_TRUNCATED: { status: 400, retry: false, title: 'The body ended before its announced end' },
  CURSOR_INVALID: { status: 400, retry: false, title: 'The cursor does not belong to this list and these filters' },
  UNAUTHENTICATED: { status: 401, retry: false, title: 'A valid API key is needed' },
  ORIGIN_REFUSED: { status: 403, retry: false, title: 'This host or origin is not admitted' },
  PRIORITY_REFUSED: { status: 403, retry: false, title: 'This caller may not use that priority' },
  ROUTE_NOT_FOUND: { status: 404, retry: false, title: 'No such route' },
  FILE_NOT_FOUND: { status: 404, retry: false, title: 'There is no such file' },
  CLIP_NOT_FOUND: { status: 404, retry: false, title: 'No such clip' },
  JOB_NOT_FOUND: { status: 404, retry: false, title: 'No such job' },
  DATASET_NOT_FOUND: { status: 404, retry: false, title: 'No such dataset' },
  DATASET_VERSION_NOT_FOUND: { status: 404, retry: false, title: 'No such version of the dataset' },
  SAMPLE_NOT_FOUND: { status: 404, retry: false, title: 'The library has no such clip' },
  INDEX_VERSION_NOT_FOUND: { status: 404, retry: false, title: 'No such version of an index' },
  PROFILE_NOT_FOUND: { status: 404, retry: false, title: 'No such feature profile' },
  CLASSIFIER_NOT_FOUND: { status: 404, retry: false, title: 'No such classifier' },
  MODEL_VERSION_NOT_FOUND: { status: 404, retry: false, title: 'The classifier has no such version' },
  ALIAS_NOT_FOUND: { status: 404, retry: false, title: 'The classifier has no such alias' },
  EMBEDDER_NOT_FOUND: { status: 404, retry: false, title: 'No such embedder' },
  NOT_COMPUTED: { status: 404, retry: false, title: 'This has not been computed' },
  METHOD_NOT_ALLOWED: { status: 405, retry: false, title: 'The path does not take this method' },
  BODY_TOO_SLOW: { status: 408, retry: true, title: 'The body comes too slowly' },
  CLIP_IN_USE: { status: 409, retry: false, title: 'The clip is used by work that has not ended, or by a version of a dataset' },
  DATASET_EXISTS: { status: 409, retry: false, title: 'There is a dataset of that name already' },
  DATASET_IN_USE: { status: 409, retry: false, title: 'Models or unfinished work go back to the dataset' },
  JOB_NOT_FINISHED: { status: 409, retry: false, title: 'The job has not finished' },
  JOB_FINISHED: { status: 409, retry: false, title: 'The job has already finished' },
  JOB_CANCELLED: { status: 409, retry: false, title: 'The job was cancelled' },
  ALIAS_MOVED: { status: 409, retry: false, title: 'The alias has been moved by somebody else' },
  MODEL_IN_USE: { status: 409, retry: false, title: 'The model version or alias is in use' },
  NOTHING_TO_ROLL_BACK: { status: 409, retry: false, title: 'The alias has no former version' },
  NOTHING_TO_RETRY: { status: 409, retry: false, title: 'The job has left nothing undone' },
  CLIP_DELETED: { status: 410, retry: false, title: 'The clip was deleted' },
  JOB_EXPIRED: { status: 410, retry: false, title: 'The job did not finish before its deadline' },
  PRECONDITION_FAILED: { status: 412, retry: false, title: 'What was to be changed has been changed by somebody else' },
  BODY_TOO_LARGE: { status: 413, retry: false, title: 'The body is larger than the limit' },
  FILE_TOO_LARGE: { status: 413, retry: false, title: 'A file is larger than the limit' },
  TOO_MANY_FILES: { status: 413, retry: false, title: 'The request carries more files than the limit' },
  TYPE_UNSUPPORTED: { status: 415, retry: false, title: 'The content type of the body is not supported here' },
  AUDIO_FORMAT_UNKNOWN: { status: 415, retry: false, title: 'The file is of no audio format that is supported' },
  RANGE_NOT_SATISFIABLE: { status: 416, retry: false, title: 'The range lies outside the file' },
  AUDIO_EMPTY: { status: 422, retry: false, title: 'The file holds no audio' },
  AUDIO_UNREADABLE: { status: 422, retry: false, title: 'The file is not audio that can be decoded' },
  AUDIO_OUT_OF_RANGE: { status: 422, retry: false, title: 'The sample rate or the number of channels is outside the limits' },
  AUDIO_TOO_LONG: { status: 422, retry: false, title: 'The decoded audio is longer than the limit' },
  AUDIO_TOO_SLOW: { status: 422, retry: false, title: 'Processing the file took longer than its time limit' },
  FEATURE_NOT_COMPUTABLE: { status: 422, retry: false, title: 'A feature of the profile cannot be computed for this audio' },
  TOO_MANY_WINDOWS: { status: 422, retry: false, title: 'The recording has more windows than the limit' },
  COST_TOO_HIGH: { status: 422, retry: false, title: 'The work would cost more than one call may' },
  DATASET_TOO_SMALL: { status: 422, retry: false, title: 'The dataset has too few labelled clips' },
  OUTPUT_TOO_LARGE: { status: 422, retry: false, title: 'The result of processing is larger than its limit' },
  TRAINING_DATA_UNFIT: { status: 422, retry: false, title: 'Nothing can be learned from this data' },
  TRAINING_DIVERGED: { status: 422, retry: false, title: 'The training ran into values that are not finite' },
  MODEL_INVALID: { status: 422, retry: false, title: 'The file is not a model that can be used here' },
  IDEMPOTENCY_MISMATCH: { status: 422, retry: false, title: 'The idempotency key was used for another request' },
  ALL_ITEMS_FAILED: { status: 422, retry: false, title: 'Every item of the job failed' },
  TASK_QUARANTINED: { status: 422, retry: false, title: 'Processing this item ended its worker again and again' },
  PRECONDITION_REQUIRED: { status: 428, retry: false, title: 'The request must say what it expects to change' },
  BACKLOG_FULL: { status: 429, retry: true, title: 'The caller has as much work waiting as it may have' },
  TOO_MANY_ATTEMPTS: { status: 429, retry: true, title: 'Too many wrong keys were sent' },
  INTERNAL: { status: 500, retry: false, title: 'Something went wrong inside Earshot' },
  INDEX_INACCURATE: { status: 500, retry: false, title: 'The new index does not find what exact search finds' },
  STORAGE_REFUSED: { status: 500, retry: false, title: 'The blob store does not let us in' },
  BLOB_LOST: { status: 500, retry: false, title: 'The stored bytes are gone' },
  TASK_STALLED: { status: 503, retry: true, title: 'The task gave no sign of progress for too long' },
  MEMORY_EXCEEDED: { status: 503, retry: true, title: 'Processing needed more memory than its limit' },
  SANDBOX_CRASHED: { status: 503, retry: true, title: 'The process that worked on this ended unexpectedly' },
  SANDBOX_UNAVAILABLE: { status: 503, retry: true, away: true, title: 'The processes that read files, or train, do not start' },
  DATABASE_UNAVAILABLE: { status: 503, retry: true, away: true, title: 'The database did not answer' },
  INDEX_UNAVAILABLE: { status: 503, retry: true, away: true, title: 'The index of the library did not answer, or is being made' },
  STORAGE_UNAVAILABLE: { status: 503, retry: true, away: true, title: 'The blob store did not answer' },
  BACKEND_UNAVAILABLE: { status: 503, retry: true, title: 'The training was begun by a back end that this trainer does not have' },
  BUSY: { status: 503, retry: true, title: 'The service has as much to do as it can hold' },
  SHUTTING_DOWN: { status: 503, retry: true, title: 'This process is ending' },
  STORAGE_FULL: { status: 507, retry: true, away: true, title: 'There is no space left to store this' },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}

/** Whether the system has refused a step because a disk, or what may be used of it, is full. Such an error is STORAGE_FULL wherever it comes up. */
export function isDiskFull(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** One wrong place in a request, by JSON pointer. */
export interface RequestFault {
  pointer: string;
  detail: string;
}

interface ErrorOptions {
  cause?: unknown;
  /** Further members of the problem document, for example `{ limit: 600 }`. */
  members?: Record<string, string | number>;
  /** The single faults of a request. */
  faults?: RequestFault[];
  /** When trying again makes sense, where that is known better than "soon". */
  retryAfterSeconds?: number;
}

const refusals: ReadonlySet<ErrorCode> = new Set(['BUSY', 'BACKLOG_FULL', 'TOO_MANY_ATTEMPTS']);

/** Everything that Earshot itself reports as wrong: a code of the table and a detail with the values. */
export class EarshotError extends Error {
  override readonly name = 'EarshotError';
  readonly members: Record<string, string | number>;
  readonly faults: RequestFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    { cause, members = {}, faults = [], retryAfterSeconds }: ErrorOptions = {},
  ) {
    const { stackTraceLimit } = Error;
    if (refusals.has(code)) Error.stackTraceLimit = 0; // made by the thousand when there is no time, and nobody asks where
    super(`${code}: ${detail}`, { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.members = members;
    this.faults = faults;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get spec(): ErrorSpec {
    return errorCodes[this.code];
  }
}
