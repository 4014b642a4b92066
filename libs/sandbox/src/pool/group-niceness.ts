import { existsSync, writeFileSync } from 'node:fs';

const retryMs = 200;

/**
 * On Linux a process in a session of its own, as a child of the sandbox is, also has a scheduling group of its own (sched(7), "the autogroup
 * feature"): its niceness counts inside of the group alone, and the group has half of a processor for which it competes with one other. So
 * the group is made nice too.
 */
export function makeGroupNice(pid: number, niceness: number): void {
  const group = `/proc/${pid}/autogroup`;
  if (existsSync(group)) tryToMakeNice(group, niceness);
}

/** The kernel takes one such wish in a tenth of a second from all that are not root. */
function tryToMakeNice(group: string, niceness: number, triesLeft = 5): void {
  try {
    writeFileSync(group, String(niceness));
  } catch (error) {
    const isBusy = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
    if (isBusy && triesLeft > 0) setTimeout(() => tryToMakeNice(group, niceness, triesLeft - 1), retryMs).unref();
    // Ended meanwhile, or a container that lets nobody write there: then it is as nice as its process.
  }
}
