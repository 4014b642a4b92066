// The entry of a thread of a crew: takes micro-batches of each errand it hears of.
import { parentPort, workerData } from 'node:worker_threads';
import { type Errand, work } from './crew.js';
import type { ThreadReply, ThreadTask } from './threads.js';
import { trainingEngine } from './wasm/training-engine.js';

const { plans, microRows, desk }: ThreadTask = workerData;
const engine = trainingEngine(plans, microRows);

parentPort!.on('message', (errand: Errand) => parentPort!.postMessage(performed(errand)));

function performed(errand: Errand): ThreadReply {
  try {
    work(engine, plans, microRows, desk, errand);
    return {};
  } catch (error) {
    return { error };
  }
}
