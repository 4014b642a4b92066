import type { Effect } from '../effect.js';
import { moveAlias } from './move-alias.effect.js';
import { registerModel } from './register-model.effect.js';
import { startJob } from './start-job.effect.js';

/** Every effect there is. Adding one adds a line here, and its writer in libs/database. */
export const effects: readonly Effect[] = [startJob, registerModel, moveAlias];
