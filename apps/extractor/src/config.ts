import { availableParallelism } from 'node:os';
import { chromaSettings, s3Rule, wholeNumber } from '@earshot/platform';
import { workerSettings } from '@earshot/worker';
import { z } from 'zod';

export const extractorSettings = z
  .object({
    ...workerSettings,
    ...chromaSettings,
    /** Child processes that decode and compute; one for each processor by default. */
    EARSHOT_SANDBOX_CHILDREN: wholeNumber(1, 256).default(availableParallelism()),
    /**
     * Clips taken at the same time: two of the largest chunks, so that the children find a next one while another is claimed and committed,
     * and 64 beside them, so that a clip that somebody waits for finds a slot.
     */
    EARSHOT_SLOTS: wholeNumber(1, 1_000).default(320),
    /** Long tasks taken at the same time, beside the clips. */
    EARSHOT_LONG_SLOTS: wholeNumber(1, 64).default(1),
  })
  .check(s3Rule);
