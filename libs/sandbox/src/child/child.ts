// The entry of a child process. Arguments: the functions module, the folder of its own. File 3 is the socket to its parent.
import { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { FrameReader, frameOf } from '../pool/frames.js';
import type { FunctionBodies } from '../pool/function-table.js';
import type { CallMessage, FromChild, ToChild } from '../pool/messages.js';
import { Decoding } from './decoding.js';
import { perform } from './perform.js';

const [moduleUrl = '', folder = ''] = process.argv.slice(2);
const channel = new Socket({ fd: 3, readable: true, writable: true });
const messages = new FrameReader();
const decoding = new Decoding(folder, (path) => send({ kind: 'decode', path }));
// The end of a child whose parent has gone, told to whoever waits for it by how it ends.
const end = () => process.kill(process.pid, 'SIGKILL');
channel.on('end', end).on('error', end);

const { functions }: { functions: FunctionBodies<Record<string, { input: unknown; output: unknown }>> } = await import(moduleUrl);
const waiting: CallMessage[] = [];
let working = false;

channel.on('data', (piece: Buffer) => {
  for (const message of messages.read(piece)) hear(message as ToChild); // the parent's own words
});
send({ kind: 'ready' });

function hear(message: ToChild): void {
  if (message.kind === 'calls') waiting.push(...message.calls);
  else if (message.kind === 'drop') drop(new Set(message.ids));
  else decoding.begun();
  if (!working) void work();
}

async function work(): Promise<void> {
  working = true;
  for (let call = waiting.shift(); call; call = waiting.shift()) {
    send(await perform(call, functions, folder, decoding));
    // What the parent sent meanwhile comes in here, above all what it takes back: only from the next round of the loop on is it read.
    await setImmediate();
    await setImmediate();
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
  channel.write(frameOf(message));
}
