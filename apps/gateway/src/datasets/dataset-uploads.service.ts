import { randomUUID } from 'node:crypto';
import type { EntriesChanged } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClipsService } from '../clips/clips.service.js';
import { newClip } from '../clips/new-clip.js';
import { fingerprintOf, fingerprintOfFiles } from '../idempotency/fingerprint.js';
import { keyScope } from '../idempotency/key-scope.js';
import { replayed } from '../idempotency/replayed.js';
import { type Answer, ok } from '../requests/answer.js';
import { WORKSPACE } from '../tokens.js';
import { entryFields, saidOfFiles } from './entry-fields.js';

/** Uploads into a dataset: clips, entries and idempotency key, all of it or nothing. */
@Injectable()
export class DatasetUploads {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly clips: ClipsService,
  ) {}

  async take(name: string, request: Request): Promise<Answer<EntriesChanged>> {
    const key = keyScope(request);
    const { files, fields } = await this.clips.receive(request, { fields: entryFields });
    const said = saidOfFiles(
      fields,
      files.map(({ filename }) => filename),
    );
    const fingerprint = fingerprintOf([fields, fingerprintOfFiles(files)]);
    const again = async () => {
      const stored = key && (await this.workspace.answers.find(key, fingerprint));
      return stored && answered(stored.body);
    };
    const before = await again();
    if (before) return before;
    const clips = files.map(newClip);
    const items = clips.map(({ id, filename, sha256, sizeBytes }, i) => {
      const { label = null, group = null, fold = null } = said[i] ?? {};
      return { clipId: id, filename, sha256, sizeBytes, label, group, fold };
    });
    const body: EntriesChanged = { added: items.length, changed: 0, items };
    const put = await this.workspace.datasets.upload(name, {
      requestId: randomUUID(),
      createdAt: new Date(),
      clips,
      changes: items,
      keyed: key && { ...key, fingerprint, status: 200, body: JSON.stringify(body), jobId: null },
    });
    if (put === null && key !== null) return answered((await replayed(this.workspace, key, fingerprint)).body);
    return ok(body);
  }
}

function answered(body: string): Answer<EntriesChanged> {
  return ok(JSON.parse(body), { 'Idempotency-Replayed': 'true' });
}
