import { AwayFailure } from '../api/failure.js';
import { isThere } from '../api/server.js';

/**
 * Loads the code of a screen. Where the server is away it says so, and the page stays; a server that is there and has it no more was
 * updated, and the router then loads the whole page anew.
 */
export async function loadScreen<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw (await isThere()) ? cause : new AwayFailure();
  }
}
