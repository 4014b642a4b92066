import type { SandboxFunction } from '../pool/define-function.js';
import { describeAndDrawClip } from './describe-and-draw-clip.js';
import { describeClip } from './describe-clip.js';
import { evaluateModel } from './evaluate-model.js';
import { explainClip } from './explain-clip.js';
import { extractClip } from './extract-clip.js';
import { extractCopies } from './extract-copies.js';
import { fitModel } from './fit-model.js';
import { measureClip } from './measure-clip.js';
import { openModelFile } from './open-model.js';
import { scoreClip } from './score-clip.js';
import { scoreVectors } from './score-vectors.js';

/** What can be asked of the sandbox. A new function is its file and a line here. */
export const functionTable = {
  describe: describeClip,
  describeAndDraw: describeAndDrawClip,
  extract: extractClip,
  scoreVectors,
  openModel: openModelFile,
  scoreClip,
  explainClip,
  extractCopies,
  fit: fitModel,
  evaluate: evaluateModel,
  measure: measureClip,
};

type Signature<F> = F extends SandboxFunction<infer Input, infer Output> ? { input: Input; output: Output } : never;
export type SandboxFunctions = { [Name in keyof typeof functionTable]: Signature<(typeof functionTable)[Name]> };
