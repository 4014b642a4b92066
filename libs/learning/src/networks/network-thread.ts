// The entry of a thread of a crew: takes micro-batches of each errand it hears of.
import { parentPort, workerData } from 'node:worker_threads';
import { type Errand, work } from './crew.js';
import type { ThreadReply, ThreadTask } from './threads.js';
import { WasmEngine } from './wasm/wasm-engine.js';

const { plan, microRows, desk }: ThreadTask = workerData;
const engine = new WasmEngine(plan, microRows, 'training');

parentPort!.on('message', (errand: Errand) => parentPort!.postMessage(performed(errand)));

function performed(errand: Errand): ThreadReply {
  try {
    work(engine, plan, microRows, desk, errand);
    return {};
  } catch (error) {
    return { error };
  }
}
