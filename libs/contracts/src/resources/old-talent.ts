// What clients of the old talent system are answered: its own names and units.
import { z } from 'zod';

const count = z.int().nonnegative();
const probability = z.number().min(0).max(1);
const share = probability.nullable().meta({ description: 'On held-out clips; null where it was not measured' });
const timestamp = z.iso.datetime();

export const talentHealth = z
  .object({ status: z.enum(['healthy', 'degraded']), model_loaded: z.boolean(), timestamp, version: z.string() })
  .meta({ id: 'TalentHealth' });

export const talentModelInfo = z
  .object({
    model_name: z.string(),
    status: z.enum(['ready', 'not_loaded']),
    accuracy: share,
    total_samples_trained: count.nullable().meta({ description: 'Rows of the training part; null where the model does not say' }),
    classes: z.array(z.string()),
    features_count: count,
  })
  .meta({ id: 'TalentModelInfo' });

export const talentPrediction = z
  .object({
    filename: z.string(),
    label: z.string(),
    prediction: z.string().meta({ description: 'The same as `label`' }),
    confidence: probability,
    probability_good: probability,
    probability_bad: probability,
    timestamp,
  })
  .meta({ id: 'TalentPrediction' });

export type TalentPrediction = z.output<typeof talentPrediction>;

export const talentBatch = z
  .object({
    total: count,
    successful: count,
    failed: count,
    results: z.array(talentPrediction),
    predictions: z.array(talentPrediction).meta({ description: 'The same as `results`' }),
    errors: z.array(z.object({ index: count, filename: z.string(), code: z.string(), message: z.string() })),
    timestamp,
  })
  .meta({ id: 'TalentBatch' });

export type TalentBatch = z.output<typeof talentBatch>;

export const talentUpload = z
  .object({
    total_files: count,
    uploaded_files: count,
    failed_files: count,
    message: z.string(),
    timestamp,
    unlabelled: z
      .array(z.string())
      .meta({ description: 'Files that are stored and never trained on: neither field nor name says their label' }),
    errors: talentBatch.shape.errors,
  })
  .meta({ id: 'TalentUpload' });

export const talentRetrain = z
  .object({
    data_source: z.literal('uploads', 'must be uploads').default('uploads'),
    epochs: z.int().min(5).max(200).optional().meta({ description: 'TRAINING_EPOCHS by default' }),
    batch_size: z.int().min(8).max(128).optional().meta({ description: 'TRAINING_BATCH_SIZE by default' }),
    mode: z.enum(['full', 'quick']).default('full').meta({ description: '`quick` starts from the weights of the current model' }),
  })
  .meta({ id: 'TalentRetrain' });

export const talentRetrainStarted = z
  .object({
    status: z.literal('started'),
    message: z.string(),
    training_id: z.uuid().meta({ description: 'Also the id of the job' }),
    timestamp,
  })
  .meta({ id: 'TalentRetrainStarted' });

export const talentTrainStatus = z
  .object({
    status: z.enum(['idle', 'started', 'training', 'completed', 'failed']),
    progress: z.number().min(0).max(100),
    epoch: count,
    total_epochs: count,
    current_loss: z.number().nullable(),
    current_accuracy: probability.nullable(),
    message: z.string(),
    timestamp,
    training_id: z.uuid().nullable(),
  })
  .meta({ id: 'TalentTrainStatus' });

export type TalentTrainStatus = z.output<typeof talentTrainStatus>;

export const talentMetrics = z
  .object({
    accuracy: share,
    precision: share.meta({ description: 'Of the label good; null where it was not measured' }),
    recall: share,
    f1_score: share,
    confusion_matrix: z.array(z.array(count)).meta({ description: 'confusion_matrix[truth][predicted], bad first' }),
    class_labels: z.array(z.string()),
  })
  .meta({ id: 'TalentMetrics' });

export const talentFeatureInfo = z
  .record(
    z.string(),
    z.object({
      description: z.string(),
      interpretation: z.string(),
      good_singers: z.string().meta({ description: 'What the stored features of clips labelled good come to' }),
      bad_singers: z.string(),
    }),
  )
  .meta({ id: 'TalentFeatureInfo' });

export type TalentFeatureInfo = z.output<typeof talentFeatureInfo>;
