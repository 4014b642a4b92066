import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Acceptor, type Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { Inject, Injectable } from '@nestjs/common';
import { fingerprintOfFiles } from '../idempotency/fingerprint.js';
import { send } from '../requests/answer.js';
import { BLOB_STORE, BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { type ReceivedFile, receiveFiles } from '../uploads/receive-files.js';
import type { Asking } from '../work/asking.js';
import { WorkAnswers } from '../work/work-answers.js';
import { clipResource } from './clip-resource.js';
import { newClip } from './new-clip.js';

@Injectable()
export class ClipsService {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    private readonly acceptor: Acceptor,
    private readonly answers: WorkAnswers,
  ) {}

  /** Stores the bytes of a request's files; the caller writes the rows. */
  receive(request: IncomingMessage): Promise<ReceivedFile[]> {
    return receiveFiles(request, { store: this.store, workspaceId: this.workspace.id, limits: this.limits });
  }

  /** Makes clips of received files: all of them or none. */
  async create(files: ReceivedFile[], asking: Asking): Promise<void> {
    const fingerprint = asking.key === null ? '' : fingerprintOfFiles(files);
    if (await this.answers.replay(asking, fingerprint)) return;
    const createdAt = new Date();
    const clips = files.map(newClip);
    const body = JSON.stringify({ items: clips.map((clip) => clipResource({ ...clip, createdAt })) });
    const { accepted } = await this.acceptor.submit({
      requestId: randomUUID(),
      workspaceId: this.workspace.id,
      createdAt,
      clips,
      job: null,
      keyed: asking.key === null ? null : { ...asking.key, fingerprint, status: 201, body, jobId: null },
    });
    if (!accepted) return this.answers.replayTaken(asking, fingerprint);
    send(asking.response, { status: 201, body });
  }
}
