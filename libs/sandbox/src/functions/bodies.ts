// The functions module of the production pool: only child processes import it.
import type { FunctionBodies } from '../pool/function-table.js';
import { describeClip } from './describe-clip.js';
import { extractClip } from './extract-clip.js';
import type { SandboxFunctions } from './functions.js';
import { portrayClip } from './portray-clip.js';

export const functions: FunctionBodies<SandboxFunctions> = {
  describe: describeClip,
  portray: portrayClip,
  extract: extractClip,
};
