import { registerModel } from '@earshot/contracts';
import { registerVersion } from '../models/register-version.js';
import { writes } from './effect-writer.js';

export const registersModel = writes(registerModel, async (model, { database, client, workspaceId, jobId }) => {
  await registerVersion(database, client, workspaceId, { ...model, jobId });
  return [];
});
