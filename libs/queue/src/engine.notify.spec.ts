import { NotifyDoorbell } from './doorbell/notify-doorbell.js';
import { describeEngine } from './engine.conformance.js';

describeEngine('NOTIFY', async () => ({
  open: ({ database, listener }) => new NotifyDoorbell(database, listener, () => undefined),
  erase: async () => undefined, // it remembers nothing
  stop: async () => undefined,
}));
