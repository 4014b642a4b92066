import type { Worker } from 'node:worker_threads';
import type { Crew, Desk, Errand } from './crew.js';
import type { TrainingPlans } from './plan.js';

/** What a thread is given to begin with. */
export interface ThreadTask {
  plans: TrainingPlans;
  microRows: number;
  desk: Desk;
}

/** What a thread says when it has taken its part of an errand. */
export interface ThreadReply {
  error?: unknown;
}

/** Several threads of Node, each with kernels of its own. Another runtime has no such module: it works by one thread. */
export async function threadCrew(count: number, task: ThreadTask): Promise<Crew> {
  const { Worker } = await import('node:worker_threads');
  const entry = new URL('../../dist/networks/network-thread.js', import.meta.url);
  const threads = Array.from({ length: count }, () => new Worker(entry, { workerData: task }));
  let closed = false;
  return {
    desk: task.desk,
    async perform(errand) {
      task.desk.next[0] = 0;
      const replies = await Promise.all(threads.map((thread) => ask(thread, errand)));
      for (const { error } of replies) if (error !== undefined) throw error;
    },
    close() {
      if (closed) return;
      closed = true;
      for (const thread of threads) void thread.terminate();
    },
  };
}

function ask(thread: Worker, errand: Errand): Promise<ThreadReply> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      thread.off('message', answered).off('error', failed).off('exit', ended).unref(); // idle, it keeps no process alive
      settle();
    };
    const answered = (reply: ThreadReply) => done(() => resolve(reply));
    const failed = (error: Error) => done(() => reject(error));
    const ended = (code: number) => done(() => reject(new Error(`a thread of the training ended with code ${code}`)));
    thread.on('message', answered).on('error', failed).on('exit', ended).ref();
    thread.postMessage(errand);
  });
}
