import type { EffectWriter } from './effect-writer.js';
import { movesAlias } from './move-alias.js';
import { registersModel } from './register-model.js';
import { startsJob } from './start-job.js';

/** How each effect is written. Adding one adds a line here, and its contract in libs/contracts. */
export const effectWriters: readonly EffectWriter[] = [startsJob, registersModel, movesAlias];
