import { loadKernels } from '@earshot/kernels';
import { FrameMatrix } from './frame-matrix.js';

const owner = loadKernels();
/** Two rows over five frames, as quads: 1 … 5 and 11 … 15. */
const quads = Float32Array.of(1, 2, 3, 4, 11, 12, 13, 14, 5, 99, 99, 99, 15, 99, 99, 99);
const matrixOf = (frames: number, values = quads) => {
  const matrix = new FrameMatrix(owner, 2, frames);
  matrix.add(owner.arena.takeTable(values), 1, 5);
  return matrix;
};

describe('a matrix of frames', () => {
  it('is row-major, with zeros where no frame came', () =>
    expect(Array.from(matrixOf(7).values())).toEqual([0, 1, 2, 3, 4, 5, 0, 0, 11, 12, 13, 14, 15, 0]));
  it('leaves out the frames past its end', () => expect(Array.from(matrixOf(3).values())).toEqual([0, 1, 2, 0, 11, 12]));
  it('tells whether all its values are numbers', () => {
    expect(matrixOf(7).hasOnlyNumbers).toBe(true);
    for (const at of [4, 8]) expect(matrixOf(7, quads.with(at, Number.NaN)).hasOnlyNumbers).toBe(false);
    expect(matrixOf(7, quads.with(9, Number.NaN)).hasOnlyNumbers).toBe(true); // past the last frame
  });
});
