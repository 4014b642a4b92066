import { describeDeadWorkers } from './conformance/dead-workers.conformance.js';
import { describeJobs } from './conformance/jobs.conformance.js';
import { describeLongWork } from './conformance/long-work.conformance.js';
import { describeQueueRules } from './conformance/queue-rules.conformance.js';
import { describeRings } from './conformance/rings.conformance.js';
import { NotifyDoorbell } from './doorbell/notify-doorbell.js';
import type { DoorbellUnderTest } from './testing/fresh-engine.js';

const start = async (): Promise<DoorbellUnderTest> => ({
  open: ({ database, listener }) => new NotifyDoorbell(database, listener, () => undefined),
  erase: async () => undefined, // it remembers nothing
  stop: async () => undefined,
});

describeJobs('NOTIFY', start);
describeLongWork('NOTIFY', start);
describeRings('NOTIFY', start);
describeDeadWorkers('NOTIFY', start);
describeQueueRules('NOTIFY', start);
