import { startJob } from '@earshot/contracts';
import { v7 as uuid } from 'uuid';
import { JobCreation } from '../job-creation.js';
import { writes } from './effect-writer.js';

export const startsJob = writes(startJob, async ({ items, ...wanted }, { database, client, workspaceId, jobId }) => {
  const job = { ...wanted, id: uuid(), waiter: null, deadlineAt: null, retryOf: null, startedBy: jobId };
  return new JobCreation(database, workspaceId).within(client, job, items);
});
