import { type ClipsRequest, type JobInput, type Kind, optionsOf, resourcesOf } from '@earshot/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Admission } from '../backlog/admission.js';
import { ClipsService } from '../clips/clips.service.js';
import { fingerprintOf } from '../idempotency/fingerprint.js';
import type { Answer } from '../requests/answer.js';
import { contentTypeOf, hasBody } from '../requests/content-type.js';
import { valuesOf } from '../requests/from-text.js';
import { parse, pointerOf, requestInvalid } from '../requests/parse.js';
import { parsedJson } from '../requests/parsed-json.js';
import { refuseUnstorableText } from '../requests/storable.js';
import { BODY_LIMITS } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { clipsOfLines } from './clips-of-lines.js';
import { Kinds } from './kinds.js';
import { type Terms, termsOf } from './terms.js';
import { type WorkOutcome, WorkService } from './work.service.js';
import { WorkAnswers } from './work-answers.js';
import type { WorkQuery } from './work-query.js';

export type WorkBodyType = 'multipart/form-data' | 'application/json' | 'application/jsonl';

/** A request for work whose body is not read yet. */
interface Submission {
  kind: Kind;
  request: Request;
  /** The options of the query, in the kind's own form. */
  options: object;
  terms: Terms;
}

/** Reads requests for work in each of their forms, has it done, and says what is answered. */
@Injectable()
export class WorkRequests {
  constructor(
    private readonly kinds: Kinds,
    private readonly clips: ClipsService,
    private readonly work: WorkService,
    private readonly answers: WorkAnswers,
    private readonly admission: Admission,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
  ) {}

  async take(kind: Kind, request: Request, query: WorkQuery, types: readonly WorkBodyType[]): Promise<Answer> {
    const type = kind.over === 'clips' || hasBody(request) ? contentTypeOf(request, types) : null;
    const { priority, expiresInSeconds, ...options } = query;
    const submission = { kind, request, options, terms: termsOf(request, { priority, expiresInSeconds }) };
    const { caller, key } = submission.terms;
    if (key === null) this.admission.admit(caller.holder); // before the body is read; under a key it may be answered already
    const outcome = await this.outcomeOf(submission, type);
    return this.answers.answerOf(outcome, request, submission.terms);
  }

  private outcomeOf(submission: Submission, type: WorkBodyType | null): Promise<WorkOutcome> {
    if (type === null) return this.onQuery(submission);
    if (type === 'multipart/form-data') return this.onForm(submission);
    if (type === 'application/jsonl') return this.onLines(submission);
    return submission.kind.over === 'clips' ? this.onIds(submission) : this.onOptions(submission);
  }

  private async onForm({ kind, request, options, terms }: Submission): Promise<WorkOutcome> {
    const early = kind.input.safeParse(options);
    if (early.success) this.kinds.rulesOf(kind)?.check?.(early.data); // known to be bad before any byte is stored
    const shape = optionsOf(kind);
    const { files, fields } = await this.clips.receive(request, { fields: Object.keys(shape) });
    return this.work.onFiles(kind, this.inputOf(kind, joined(options, valuesOf(shape, fields))), files, terms);
  }

  private async onIds({ kind, request, options, terms }: Submission): Promise<WorkOutcome> {
    const body = await this.bodyOf<ClipsRequest>(kind, request);
    const { clipIds, customIds, metadata = {}, ...more } = body;
    const stored = {
      items: clipIds.map((clipId, index) => ({ clipId, customId: customIds?.[index] ?? null })),
      metadata,
      count: clipIds.length,
      fingerprint: () => fingerprintOf(body),
    };
    return this.work.onClips(kind, this.inputOf(kind, joined(options, more)), stored, terms);
  }

  private onLines({ kind, request, options, terms }: Submission): Promise<WorkOutcome> {
    return this.work.onClips(kind, this.inputOf(kind, options), clipsOfLines(request, this.limits), terms);
  }

  private async onOptions({ kind, request, options, terms }: Submission): Promise<WorkOutcome> {
    const { metadata, ...more } = await this.bodyOf<{ metadata?: Record<string, string> }>(kind, request);
    const input = this.inputOf(kind, joined(options, more));
    if (kind.over === 'dataset') return this.work.onDataset(kind, input, terms, metadata);
    return this.work.onFiles(kind, input, [], terms, metadata);
  }

  private onQuery({ kind, options, terms }: Submission): Promise<WorkOutcome> {
    return this.work.onFiles(kind, this.inputOf(kind, options), [], terms);
  }

  private async bodyOf<Body>(kind: Kind, request: Request): Promise<Body> {
    return (await parsedJson(request, resourcesOf(kind).request, this.limits)) as Body; // zod cannot say the type of a shape that is only known when it runs
  }

  private inputOf(kind: Kind, options: object): JobInput<Kind> {
    refuseUnstorableText(options);
    const input = parse(kind.input, options);
    this.kinds.rulesOf(kind)?.check?.(input);
    return input;
  }
}

/** The options of the query and those of the body. One that stands in both is refused: whichever was taken, the other would be lost. */
function joined(query: object, body: object): object {
  const twice = Object.keys(body).filter((name) => Object.hasOwn(query, name));
  if (twice.length === 0) return { ...query, ...body };
  throw requestInvalid(twice.map((name) => ({ pointer: pointerOf([name]), detail: 'must be given once, in the query or in the body' })));
}
