// The process between the supervisor and Chroma, which does not notice that its starter was killed; this process does, and stops it. It
// ends when Chroma ends, so that the supervisor starts both again.
import { startChroma } from '@earshot/embedded';
import { z } from 'zod';
import { runChild } from './child.js';

const settings = z.object({ CHROMA_DIR: z.string(), CHROMA_PORT: z.coerce.number() });

await runChild('chroma', async () => ({
  faults: [],
  async start(env) {
    const { CHROMA_DIR: dir, CHROMA_PORT: port } = settings.parse(env);
    const chroma = await startChroma({ dir, port, onLine: (line) => process.stderr.write(`${line}\n`) });
    let isClosing = false;
    void chroma.exited.then(() => isClosing || process.exit(1));
    return {
      urls: {},
      async close() {
        isClosing = true;
        await chroma.stop();
      },
    };
  },
}));
