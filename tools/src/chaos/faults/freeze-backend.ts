import { setTimeout as sleep } from 'node:timers/promises';
import type { Part, Run } from '../run.js';

const owners = ['earshot gateway', 'earshot extractor', 'earshot indexer'];

/** SIGSTOP to one process of PostgreSQL that serves a gateway, an extractor or an indexer: a connection that neither answers nor breaks. */
export const freezeBackend: Part = {
  name: 'freeze-backend',
  isFault: true,
  atLeast: ({ frozenBackends }) => ({ backendsFrozen: frozenBackends }),
  async run(run, random) {
    for await (const n of run.spread(run.sizes.frozenBackends, { from: random.between(0.05, 0.1), to: 0.7 })) {
      const owner = owners[n % owners.length];
      const pid = await freezeOneOf(run, owner ?? '');
      run.count('backendsFrozen');
      run.tell('backend frozen', `${pid} of an ${owner}`);
      await sleep(run.sizes.freezeMs);
      tell(pid, 'SIGCONT');
    }
  },
};

/** Services come back some seconds after PostgreSQL, and a backend may end before it is told. */
async function freezeOneOf({ office }: Run, owner: string): Promise<number> {
  for (;;) {
    const [backend] = await office.read<{ pid: number }>(backendStatement, [owner]);
    if (backend !== undefined && tell(backend.pid, 'SIGSTOP')) return backend.pid;
    await sleep(200);
  }
}

/** Whether there was still somebody to tell. */
function tell(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // PostgreSQL as a whole was killed meanwhile
  }
}

/** One that works at this moment, if there is one. */
const backendStatement = `
select pid from pg_stat_activity where backend_type = 'client backend' and application_name = $1
order by state = 'active' desc, query_start desc nulls last limit 1`;
