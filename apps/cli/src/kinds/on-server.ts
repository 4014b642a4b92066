import { exitCodes } from '../exit-codes.js';
import { say } from '../terminal.js';
import type { Verb } from '../verb.js';
import type { Server } from './server.js';

/** Does something with the server at EARSHOT_URL; says its exit code, or that of what the server refused. */
export async function onServer({ env, exit }: Verb, work: (server: Server) => Promise<number>): Promise<void> {
  const { isRefusal, Server } = await import('./server.js');
  try {
    const code = await work(new Server(env));
    if (code !== exitCodes.ok) exit(code);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    say(`earshot: ${error.message}`);
    exit(error.exitCode);
  }
}
