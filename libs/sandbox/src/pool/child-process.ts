import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Allowed, childCommand, type Place, permissionFlags } from '../confinement/confined-command.js';
import { programPath } from '../confinement/environment.js';
import type { Confinement } from '../confinement/layers.js';
import { layOutRoot } from '../confinement/new-root.js';
import { removePlace } from '../confinement/place.js';
import { makeGroupNice } from './group-niceness.js';

export interface ProcessOptions {
  functionsModule: URL;
  confinement: Confinement;
  niceness: number;
  allowed: readonly Allowed[];
}

/** The first of a child's processes, which leads its group, and the ways to talk to them. */
export interface StartedProcess {
  process: ChildProcess;
  /** To Node. */
  channel: Socket;
  /** Of what starts ffmpeg beside it; it answers on its standard output. */
  starterInput: Writable;
}

const entry = fileURLToPath(new URL('../../dist/child/child.js', import.meta.url));
const programs = fileURLToPath(new URL('../../../../', import.meta.url));

/** The code that a child may read; beside it, in a checkout, lie the data. */
const code = ['node_modules', 'libs'].map((folder) => `${programs}${folder}`);

/** How long what a child has said last is waited for once it has gone. */
const lastWordsMs = 500;

/** Starts the processes of a child in its place. */
export function startProcess(place: Place, { functionsModule, confinement, niceness, allowed }: ProcessOptions): StartedProcess {
  try {
    if (confinement.has.has('files')) layOutRoot(place, code);
    // A clip's arrays lie outside of the semi-space; with more room in it the codecs' garbage waits longer.
    const flags = ['--max-semi-space-size=1', ...permissionFlags(place, confinement, code, allowed)];
    const node = [process.execPath, ...flags, entry, functionsModule.href, place.own];
    const [command = '', ...args] = childCommand(node, place, confinement, code, niceness);
    const options = { detached: true, cwd: '/', env: { PATH: programPath } };
    const started = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
    started.on('error', () => {}); // heard by `whenGone`, where it comes to that
    const [starterInput, , , channel] = started.stdio ?? []; // none where no more files may be opened
    if (!(channel instanceof Socket) || !starterInput) throw new Error('no file is left to talk to a child');
    if (started.pid !== undefined && niceness > 0) makeGroupNice(started.pid, niceness);
    return { process: started, channel, starterInput };
  } catch (error) {
    void removePlace(place).catch(() => {}); // the error says what matters
    throw error;
  }
}

/** Also what it said last must have come; but whoever escaped from its group may hold its end of the socket open for ever. */
export function whenGone({ process, channel }: StartedProcess): Promise<string> {
  return new Promise((resolve) => {
    process.once('error', (error) => process.pid === undefined && resolve(`did not start: ${error.message}`));
    process.once('exit', (code, signal) => {
      const how = signal ? `ended by ${signal}` : `ended with code ${code}`;
      const done = () => {
        clearTimeout(limit);
        channel.destroy();
        resolve(how);
      };
      const limit = setTimeout(done, lastWordsMs);
      if (channel.closed || channel.readableEnded) done();
      else channel.once('close', done);
    });
  });
}

/** A pool whose children cannot start says so when it is made, not by its first call. */
export function assertBuilt(functionsModule: URL): void {
  for (const file of [entry, fileURLToPath(functionsModule)]) {
    if (!existsSync(file)) throw new Error(`${file} does not exist: child processes run the built code, so run \`npm run build\` first`);
  }
}
