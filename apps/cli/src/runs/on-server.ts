import { exitCodes } from '../exit-codes.js';
import type { Server } from '../kinds/server.js';
import { say } from '../terminal.js';
import type { Verb } from '../verb.js';

/** Does something with the server at EARSHOT_URL; says its exit code, or that of what the server refused. */
export async function onServer({ env, exit }: Verb, work: (server: Server) => Promise<number>): Promise<void> {
  const { isRefusal, Server } = await import('../kinds/server.js');
  try {
    const code = await work(new Server(env));
    if (code !== exitCodes.ok) exit(code);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    say(`earshot: ${error.message}`);
    exit(error.exitCode);
  }
}
