// The entry of a child process. Arguments: the functions module, the private folder, the parent's process id.
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { FunctionBodies } from '../pool/function-table.js';
import type { CallMessage, FromChild, ToChild } from '../pool/messages.js';
import { endOwnGroup } from './end-own-group.js';
import { perform } from './perform.js';

const [moduleUrl = '', folder = '', parentPid = ''] = process.argv.slice(2);
new Worker(new URL('./watchdog.js', import.meta.url), { workerData: { parentPid: Number(parentPid), folder } }).unref();
process.on('disconnect', () => endOwnGroup(folder));

const { functions }: { functions: FunctionBodies<Record<string, { input: unknown; output: unknown }>> } = await import(moduleUrl);
const waiting: CallMessage[] = [];
let working = false;

process.on('message', (message: ToChild) => {
  if (message.kind === 'calls') waiting.push(...message.calls);
  else drop(new Set(message.ids));
  if (!working) void work();
});
send({ kind: 'ready' });

async function work(): Promise<void> {
  working = true;
  for (let call = waiting.shift(); call; call = waiting.shift()) {
    send(await perform(call, functions, folder));
    await setImmediate(); // what the parent sent meanwhile, above all what it takes back, comes in here
  }
  working = false;
}

function drop(ids: Set<number>): void {
  for (let i = waiting.length - 1; i >= 0; i--) {
    if (!ids.has(waiting[i]!.id)) continue;
    const [call] = waiting.splice(i, 1);
    send({ kind: 'dropped', id: call!.id });
  }
}

function send(message: FromChild): void {
  process.send?.(message);
}
