/** An upload that was answered with 202: from then on its result is owed. */
export interface AcknowledgedUpload {
  clipNumber: number;
  jobId: string;
  isKeyed: boolean;
  /** From the last attempt's start to its answer. */
  answeredMs: number;
}

export interface AcknowledgedCancel {
  jobId: string;
  /** Results that were stored when the cancel was answered: none may come after it. */
  results: number;
}

/** What was promised to callers, as they saw it. The verdict holds what came out against it. */
export class History {
  readonly uploads: AcknowledgedUpload[] = [];
  readonly cancels: AcknowledgedCancel[] = [];
  /** Uploads that were accepted in order to be cancelled. */
  readonly clipsToCancel: number[] = [];
  /** Cancels that came too late for their job. */
  cancelsTooLate = 0;
  /** Requests without a key that got no answer: each may have made a job, or not. */
  unanswered = 0;
  /** Requests that were sent again, under their key. */
  repeated = 0;
  /** Answers that nobody should get: neither accepted nor a reason to try again. */
  readonly oddAnswers: string[] = [];
}
