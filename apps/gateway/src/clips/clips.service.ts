import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ClipResource } from '@earshot/contracts';
import { Acceptor, type KeyScope, type Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { fingerprintOfFiles } from '../idempotency/fingerprint.js';
import { replayed } from '../idempotency/replayed.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { type FormSpec, type ReceivedFile, type ReceivedForm, receiveForm } from '../uploads/receive-form.js';
import { clipResource } from './clip-resource.js';
import { newClip } from './new-clip.js';

export interface CreatedClips {
  items: ClipResource[];
  isReplayed: boolean;
}

@Injectable()
export class ClipsService {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    private readonly acceptor: Acceptor,
  ) {}

  /** Stores the bytes of a request's files and reads its fields, which must be among those that the form has; the caller writes the rows. */
  receive(request: IncomingMessage, form: FormSpec, limits = this.limits): Promise<ReceivedForm> {
    return receiveForm(request, { store: this.store, workspaceId: this.workspace.id, limits, ...form });
  }

  /** Makes clips of received files: all of them or none. */
  async create(files: ReceivedFile[], key: KeyScope | null): Promise<CreatedClips> {
    const fingerprint = key === null ? '' : fingerprintOfFiles(files);
    const stored = key === null ? null : await this.workspace.answers.find(key, fingerprint);
    if (stored !== null) return { items: JSON.parse(stored.body).items, isReplayed: true };
    const createdAt = new Date();
    const clips = files.map(newClip);
    const items = clips.map((clip) => clipResource({ ...clip, createdAt }));
    const { accepted } = await this.acceptor.submit({
      requestId: randomUUID(),
      workspaceId: this.workspace.id,
      createdAt,
      clips,
      job: null,
      keyed: key === null ? null : { ...key, fingerprint, status: 201, body: JSON.stringify({ items }), jobId: null },
    });
    if (key === null || accepted) return { items, isReplayed: false };
    return { items: JSON.parse((await replayed(this.workspace, key, fingerprint)).body).items, isReplayed: true };
  }
}
