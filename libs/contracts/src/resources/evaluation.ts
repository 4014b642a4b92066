import { z } from 'zod';

const share = z.number().min(0).max(1).nullable();
const count = z.int().nonnegative();
const interval = z.object({ low: z.number(), high: z.number() }).nullable();

/** What a model is worth on rows that it was not made from. Null is said wherever the rows do not tell. */
export const evaluation = z
  .object({
    support: count.meta({ description: 'Clips it was measured on' }),
    groups: count.nullable().meta({ description: 'Recordings or speakers among them; null where groups are not known' }),
    accuracy: share,
    accuracyInterval: z
      .object({ byRow: interval, byGroup: interval })
      .meta({ description: '95 %, as if clips were independent (Wilson), and as if only groups were (bootstrap)' }),
    baseline: z
      .object({ mostFrequent: share, chance: z.number() })
      .meta({ description: 'Accuracy without any model: always the most frequent label, or any label at random' }),
    balancedAccuracy: share.meta({ description: 'Mean recall of the labels' }),
    macro: z.object({ precision: share, recall: share, f1: share, rocAuc: share, prAuc: share }),
    perLabel: z.array(
      z.object({ label: z.string(), support: count, precision: share, recall: share, f1: share, rocAuc: share, prAuc: share }),
    ),
    logLoss: z.number().nullable(),
    calibration: z.object({
      ece: z.number().nullable().meta({ description: 'Expected calibration error' }),
      bins: z.array(z.object({ from: z.number(), to: z.number(), rows: count, confidence: share, accuracy: share })),
    }),
    confusion: z.array(z.array(count)).meta({ description: 'confusion[truth][predicted], in the order of `perLabel`' }),
  })
  .meta({ id: 'ModelEvaluation' });

export type Evaluation = z.output<typeof evaluation>;
