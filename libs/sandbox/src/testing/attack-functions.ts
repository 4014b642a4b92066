// A functions module for tests: a decoder that was taken over by the bytes it read.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { frameOf } from '../pool/frames.js';
import type { FunctionBodies, FunctionContext } from '../pool/function-table.js';
import { resultFile } from '../pool/messages.js';
import type { AttackFunctions, AttackName, LieName, Target } from './attack-table.js';

export const functions: FunctionBodies<AttackFunctions> = {
  async attack({ name, target }) {
    try {
      await attacks[name](target);
      return true;
    } catch {
      return false;
    }
  },
  async lie({ name, target }, context) {
    await lies[name](callOf(context), target);
    await setTimeout(4_000);
    return true;
  },
  behave: () => true,
};

const attacks: Record<AttackName, (target: Target) => unknown> = {
  'read a secret of the service': ({ secretFile }) => readFileSync(secretFile),
  'read a file of the machine': ({ publicFile }) => readFileSync(publicFile),
  'read the environment of the service': ({ servicePid }) => readFileSync(`/proc/${servicePid}/environ`),
  'open the memory of the service': ({ servicePid }) => closeSync(openSync(`/proc/${servicePid}/mem`, 'r+')),
  'signal the service': ({ servicePid }) => process.kill(servicePid, 'SIGURG'),
  'change the program': ({ programFile }) => closeSync(openSync(programFile, 'r+')),
  'call a port of loopback': ({ loopbackPort }) => once(connect(loopbackPort, '127.0.0.1'), 'connect'),
  'call a Unix socket': ({ unixSocket }) => once(connect(unixSocket), 'connect'),
  async 'start a program'({ mark }) {
    await once(spawn('setsid', ['sh', '-c', 'sleep 600; :', mark], { stdio: 'ignore' }), 'spawn');
    await setTimeout(300); // until it has a session of its own
  },
};

interface CallOfChild {
  id: number;
  /** Where its result belongs. */
  path: string;
}

function callOf(context: FunctionContext): CallOfChild {
  const [, own = '', id = ''] = /^(.*)\/call-(\d+)$/.exec(context.workingFolder()) ?? [];
  return { id: Number(id), path: resultFile(own, Number(id)) };
}

const say = (message: unknown) => writeSync(3, frameOf(message));

const lies: Record<LieName, (call: CallOfChild, target: Target) => unknown> = {
  'a pipe in place of the result'({ id, path }) {
    spawnSync('mkfifo', [path]);
    say({ kind: 'file', id });
  },
  'a device behind a link'({ id, path }) {
    symlinkSync('/dev/zero', path);
    say({ kind: 'file', id });
  },
  'a file that has another name too'({ id, path }) {
    writeFileSync(`${path}-too`, '');
    linkSync(`${path}-too`, path);
    say({ kind: 'file', id });
  },
  'a folder in place of the result'({ id, path }) {
    mkdirSync(path);
    say({ kind: 'file', id });
  },
  'more than the limit'({ id, path }) {
    writeFileSync(path, Buffer.alloc(1_000_001));
    say({ kind: 'file', id });
  },
  nonsense: () => writeSync(3, Buffer.from([8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])),
  'a message of 4 GB': () => writeSync(3, Buffer.from([0xff, 0xff, 0xff, 0xff])),
  'an answer out of turn': ({ id }) => say({ kind: 'result', id: id + 1, bytes: new Uint8Array(1) }),
  'an answer to nobody': () => say({ kind: 'dropped', id: 999_999 }),
  'a file of his choice to be decoded': (_, { secretFile }) => say({ kind: 'decode', path: secretFile }),
  async 'a flood of words'() {
    for (let i = 0; i < 40; i++) {
      process.stderr.write('x'.repeat(65_536));
      await setTimeout(1);
    }
  },
};
