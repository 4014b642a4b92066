import { chromaSettings, s3Rule, wholeNumber } from '@earshot/platform';
import { workerSettings } from '@earshot/worker';
import { z } from 'zod';

export const indexerSettings = z
  .object({
    ...workerSettings,
    ...chromaSettings,
    /** Rebuilds, maps and searches for anomalies at the same time. */
    EARSHOT_INDEX_SLOTS: wholeNumber(1, 64).default(1),
  })
  .check(s3Rule);

export type IndexerConfig = z.output<typeof indexerSettings>;
