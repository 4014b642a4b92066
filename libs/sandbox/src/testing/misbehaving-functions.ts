// A functions module for tests: everything that a function can do wrong, and a little that is right.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import type { FunctionBodies } from '../pool/function-table.js';
import type { MisbehavingFunctions } from './misbehaving-table.js';

/** Of this child: its process id may be that of another, in a namespace of its own. */
const ownFolder = process.argv[3] ?? '';
let computed = 0;

export const functions: FunctionBodies<MisbehavingFunctions> = {
  whoAmI: () => ({ folder: ownFolder, environment: Object.keys(process.env) }),
  numbers: ({ count }) => Float64Array.from({ length: count }, (_, i) => i),
  lie: () => 'a lie',
  refuse: () => {
    throw new EarshotError('AUDIO_TOO_LONG', '5400 s decoded, limit 3600 s', { members: { limit: 3600 } });
  },
  breakDown: () => {
    throw new TypeError('a secret of the inside');
  },
  crash: () => process.abort(),
  wait: async ({ ms }) => {
    await setTimeout(ms);
    return ownFolder;
  },
  rest: ({ ms }) => setTimeout(ms, ownFolder),
  compute: ({ ms }) => {
    computed += 1;
    for (const endMs = performance.now() + ms; performance.now() < endMs; );
    return { folder: ownFolder, begun: computed };
  },
  loop: () => {
    for (;;);
  },
  hog: async () => {
    const held: Uint8Array[] = [];
    for (;;) {
      held.push(new Uint8Array(10_000_000).fill(1));
      await setTimeout(10);
    }
  },
  hogByProgram: async (_, context) => {
    const script = 'const held = []; setInterval(() => held.push(Buffer.alloc(10e6, 1)), 10)';
    spawn(process.execPath, ['-e', script], { cwd: context.workingFolder(), stdio: 'ignore' });
    return setTimeout(60_000, 'still alive');
  },
  hogLater: () => {
    const held: Uint8Array[] = [];
    setInterval(() => held.push(new Uint8Array(10_000_000).fill(1)), 50);
    return ownFolder;
  },
  leak: ({ megabytes }) => {
    leaked.push(new Uint8Array(megabytes * 1_000_000).fill(1));
    return ownFolder;
  },
  leaveFile: (_, context) => {
    const folder = context.workingFolder();
    writeFileSync(`${folder}/left-behind`, 'x');
    return folder;
  },
};

const leaked: Uint8Array[] = [];
