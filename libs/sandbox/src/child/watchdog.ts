// A thread of the child that outlives a busy loop on the main one: when the parent has gone, even by SIGKILL, the child goes too.
import { workerData } from 'node:worker_threads';
import { endOwnGroup } from './end-own-group.js';

const { parentPid, folder }: { parentPid: number; folder: string } = workerData;
setInterval(() => {
  if (process.ppid !== parentPid) endOwnGroup(folder);
}, 250);
