import { productionAlias } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { columnNames, defineProfile, getProfile } from '@earshot/features';
import { Inject, Injectable } from '@nestjs/common';
import { findOldModel, measuredOf, oldModel } from '../old-clients/old-model.js';
import { WORKSPACE } from '../tokens.js';

/** The classifier that does what the old talent system did, and the profile that it hears by. */
export const talentClassifier = 'talent';
export const talentProfile = getProfile('talent-37@1');
/** In the order of the old system: bad is 0, good is 1. */
export const talentLabels = ['bad', 'good'] as const;

const current = { alias: productionAlias };

/** What is known of the model that answers now. */
@Injectable()
export class TalentModel {
  constructor(@Inject(WORKSPACE) private readonly workspace: Workspace) {}

  find() {
    return findOldModel(this.workspace, talentClassifier, current);
  }

  get() {
    return oldModel(this.workspace, talentClassifier, current);
  }

  async describe() {
    const model = await this.find();
    if (model === null) {
      const features_count = columnNames(talentProfile)?.length ?? 0;
      return { model_name: talentClassifier, status: 'not_loaded', accuracy: null, total_samples_trained: 0, classes: [], features_count };
    }
    const { training = null } = Object(model.provenance['rows']);
    const profile = typeof model.profile === 'string' ? getProfile(model.profile) : defineProfile(model.profile);
    return {
      model_name: talentClassifier,
      status: 'ready',
      accuracy: measuredOf(model)?.accuracy ?? null,
      total_samples_trained: training,
      classes: model.labels,
      features_count: columnNames(profile)?.length ?? 0,
    };
  }

  /** Precision, recall and F1 are those of `good`, as a binary classifier's are of its class 1. */
  async metrics() {
    const model = await this.get();
    const measured = measuredOf(model);
    const good = measured?.perLabel.find(({ label }) => label === 'good');
    return {
      accuracy: measured?.accuracy ?? null,
      precision: good?.precision ?? null,
      recall: good?.recall ?? null,
      f1_score: good?.f1 ?? null,
      confusion_matrix: measured?.confusion ?? [],
      class_labels: measured?.perLabel.map(({ label }) => label) ?? model.labels,
    };
  }
}
