import type { FunctionSpec, FunctionTable } from '../pool/function-table.js';

/** What an attacker is after who has taken over a child; the paths and numbers are what he could find out. */
export interface Target {
  /** The service that the child works for. */
  servicePid: number;
  /** Readable by the account of the service alone. */
  secretFile: string;
  /** Readable by everybody on the machine. */
  publicFile: string;
  /** Of the program. */
  programFile: string;
  loopbackPort: number;
  unixSocket: string;
  /** An argument by which a program that he leaves behind is known. */
  mark: string;
}

/** What he tries: each answers whether it has worked. */
export const attackNames = [
  'read a secret of the service',
  'read a file of the machine',
  'read the environment of the service',
  'open the memory of the service',
  'signal the service',
  'change the program',
  'call a port of loopback',
  'call a Unix socket',
  'start a program',
] as const;
export type AttackName = (typeof attackNames)[number];

/** What he answers his parent instead of a result. */
export const lieNames = [
  'a pipe in place of the result',
  'a device behind a link',
  'a file that has another name too',
  'a folder in place of the result',
  'more than the limit',
  'nonsense',
  'a message of 4 GB',
  'an answer out of turn',
  'an answer to nobody',
  'a file of his choice to be decoded',
  'a flood of words',
] as const;
export type LieName = (typeof lieNames)[number];

export interface AttackFunctions {
  attack: { input: { name: AttackName; target: Target }; output: boolean };
  lie: { input: { name: LieName; target: Target }; output: boolean };
  behave: { input: null; output: boolean };
}

const aBoolean: FunctionSpec<unknown, boolean> = {
  limits: () => ({ wallClockMs: 5_000, memoryMb: 300, outputBytes: 1_000_000 }),
  output: {
    parse(value) {
      if (typeof value !== 'boolean') throw new TypeError('not what was promised');
      return value;
    },
  },
};

export const attackTable: FunctionTable<AttackFunctions> = { attack: aBoolean, lie: aBoolean, behave: aBoolean };
