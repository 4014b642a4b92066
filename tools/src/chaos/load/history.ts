/** Work that was answered with 202: from then on a result for each of its clips is owed, in their order. */
export interface AcknowledgedWork {
  jobId: string;
  kind: 'describe' | 'features' | 'samples';
  /** The known clips that its items are of, by their numbers. */
  clips: readonly number[];
  isKeyed: boolean;
  /** From the last attempt's start to its answer. */
  answeredMs: number;
}

/** A job that was ended before its work was done, by a cancel or by its deadline, as its caller was told. */
export interface AcknowledgedEnd {
  jobId: string;
  state: 'cancelled' | 'expired';
  /** Results that were stored when this was answered: none may come after it. */
  results: number;
}

/** What one client of a job's events was told, over all of its connections. */
export interface FollowedJob {
  jobId: string;
  events: { number: number; type: string }[];
  connections: number;
}

/** A stored clip that was deleted, or that was not: then its bytes are owed. */
export interface StoredClip {
  clipId: string;
  clipNumber: number;
  isDeleted: boolean;
}

/** A sample of the library, as its caller was told last. */
export interface KnownSample {
  clipId: string;
  clipNumber: number;
  genre: string;
  /** False: it was taken out, or its clip was deleted. */
  isIn: boolean;
  /** Its leaving or coming back is asked for and not acknowledged: what gateways see of it may be either. */
  isMoving: boolean;
}

/** What was promised to callers, as they saw it. The verdict holds what came out against it. */
export class History {
  readonly works: AcknowledgedWork[] = [];
  readonly ends: AcknowledgedEnd[] = [];
  readonly followed: FollowedJob[] = [];
  readonly stored: StoredClip[] = [];
  /** Drill jobs whose items must all have results in the end, but for the poisonous ones. */
  readonly drills: string[] = [];
  /** Drill jobs that were asked for again after they had been ended. */
  readonly retries: { jobId: string; of: string }[] = [];
  readonly longJobs: { jobId: string; alias: string; items: number }[] = [];
  /** Drill jobs with more work than fits before their deadline. */
  readonly late: string[] = [];
  /** All that were ever in the library, by their clips. */
  readonly samples = new Map<string, KnownSample>();
  /** Jobs that make an index of the library. */
  readonly rebuilds: string[] = [];
  /** Answers of searches that told of a sample after it had left the library, or of another one before the one that was asked for. */
  readonly wrongFinds: unknown[] = [];
  /** Works that were accepted in order to be cancelled. */
  readonly worksToCancel: AcknowledgedWork[] = [];
  /** Ended jobs as they were seen first, row by row: nothing may change any more. */
  readonly endedJobs = new Map<string, string>();
  /** Requests without a key that got no answer: each may have made a job, or not. */
  unanswered = 0;
  /** Requests that were sent again. */
  repeated = 0;
  /** Cancels that came too late for their job. */
  cancelsTooLate = 0;
  /** Answers that nobody should get: neither what was asked for nor a reason to try again. */
  readonly oddAnswers: string[] = [];
}
