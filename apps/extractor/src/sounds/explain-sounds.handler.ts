import { EarshotError, explainSounds, type SoundExplanation, type TaskInput } from '@earshot/contracts';
import { type ClaimedItem, Database, type ScoringModel, ScoringModels } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import type { ModelFile } from '@earshot/sandbox';
import { Injectable } from '@nestjs/common';
import { ClipCalls } from '../clip-calls.js';
import { ModelFiles } from '../predicting/model-files.js';
import { explanationOf } from './explanation-of.js';

type Wish = TaskInput<typeof explainSounds>;
type Context = TaskContext<typeof explainSounds>;

@Injectable()
@Handles(explainSounds)
export class ExplainSoundsHandler implements TaskHandler<typeof explainSounds> {
  private readonly models: ScoringModels;

  constructor(
    private readonly calls: ClipCalls,
    private readonly files: ModelFiles,
    database: Database,
  ) {
    this.models = new ScoringModels(database);
  }

  async run(wish: Wish, context: Context): Promise<void> {
    const { workspaceId, items, item } = context;
    const model = await this.models.get(workspaceId, wish.modelVersionId);
    await this.files.lend({ workspaceId, ...model.artifact }, async (file) => {
      await Promise.all(items.map((clip) => item(clip.index, () => this.explain(clip, { wish, model, file, context }))));
    });
  }

  private async explain(
    clip: ClaimedItem,
    { wish, model, file: modelFile, context }: { wish: Wish; model: ScoringModel; file: ModelFile; context: Context },
  ): Promise<SoundExplanation> {
    const { output: explained } = await this.calls.run('explainClip', { profile: model.profile, model: modelFile }, clip, context);
    const { length } = model.labels;
    if (explained.probabilities.length !== length || explained.activations.length !== length)
      throw new EarshotError('MODEL_INVALID', `The model gave ${explained.probabilities.length} probabilities for ${length} labels`);
    return explanationOf(explained, model, wish);
  }
}
