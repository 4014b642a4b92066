import { stat } from 'node:fs/promises';
import { EarshotError, importModel, type ProfileChoice, registerModel, type TaskInput } from '@earshot/contracts';
import { defineProfile, getProfile } from '@earshot/features';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Sandbox } from '@earshot/sandbox';
import { Injectable } from '@nestjs/common';
import { ModelFiles } from '../predicting/model-files.js';

@Injectable()
@Handles(importModel)
export class ImportModelHandler implements TaskHandler<typeof importModel> {
  constructor(
    private readonly files: ModelFiles,
    private readonly sandbox: Sandbox,
  ) {}

  async run(model: TaskInput<typeof importModel>, context: TaskContext<typeof importModel>): Promise<void> {
    const { workspaceId, jobId, signal } = context;
    const { classifier, artifact, labels, profile, profileHash } = model;
    if (hashOf(profile) !== profileHash)
      throw new EarshotError('MODEL_INVALID', 'The profile is another one here than where the model was trained');
    const opened = await this.files
      .lend({ workspaceId, ...artifact }, async (file) => {
        const { size } = await stat(file.path); // an export says it before the bytes
        if (size !== artifact.sizeBytes)
          throw new EarshotError('MODEL_INVALID', `The artifact has ${size} bytes, not the ${artifact.sizeBytes} that are said`);
        return this.sandbox.run('openModel', { model: file }, { signal });
      })
      .catch((error: unknown) => {
        if (!(error instanceof EarshotError) || error.code !== 'BLOB_LOST') throw error;
        throw new EarshotError('MODEL_INVALID', `No bytes with the hash ${artifact.sha256} are stored; send the archive`, { cause: error });
      });
    if (JSON.stringify(opened.labels) !== JSON.stringify(labels))
      throw new EarshotError('MODEL_INVALID', `The artifact has other labels than are said: ${opened.labels.slice(0, 20).join(', ')}`);
    context.effect(registerModel, { ...model, id: jobId, datasetVersionId: null }); // the job's id: so it is registered once
    context.output({ modelVersionId: jobId, classifier, labels });
  }
}

function hashOf(profile: ProfileChoice): string {
  return (typeof profile === 'string' ? getProfile(profile) : defineProfile(profile)).hash;
}
