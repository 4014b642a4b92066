// The process between the supervisor and PostgreSQL. PostgreSQL does not notice that its starter was killed; this process does,
// and stops it. It ends when PostgreSQL ends, so that the supervisor starts both again.
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@earshot/embedded';
import { z } from 'zod';
import { runChild } from './child.js';

const settings = z.object({ POSTGRES_DIR: z.string(), POSTGRES_PORT: z.coerce.number(), POSTGRES_PASSWORD: z.string() });

/** For how long services whose supervisor was killed can still hand back their work. */
const orphanDelaySeconds = 3;

/** PostgreSQL logs that it starts and stops as `LOG`, which ranks above its errors: only what somebody should look at is passed on. */
function onLine(line: string): void {
  if (/(WARNING|FATAL|PANIC):|terminated by signal/.test(line)) process.stderr.write(`${line}\n`);
}

await runChild('postgres', async () => ({
  faults: [],
  async start(env) {
    const { POSTGRES_DIR: dir, POSTGRES_PORT: port, POSTGRES_PASSWORD: password } = settings.parse(env);
    const postgres = await startPostgres({ dir, port, password, isDetached: true, onLine });
    let isClosing = false;
    void postgres.exited.then(() => isClosing || process.exit(1));
    return {
      urls: {},
      async close() {
        isClosing = true;
        if (!process.connected) await sleep(orphanDelaySeconds * 1000);
        await postgres.stop();
      },
    };
  },
}));
