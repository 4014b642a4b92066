/** What the WebAssembly module exports; pointers are byte offsets into its memory. The formulas stand in assembly/. */
export interface KernelExports {
  memory: WebAssembly.Memory;
  heapBase(): number;
  quadFft(z: number, size: number, twiddles: number): void;
  complexFft(inRe: number, inIm: number, outRe: number, outIm: number, size: number, tables: number, scratch: number): void;
  realFftForward(x: number, re: number, im: number, size: number, half: number, turns: number, scratch: number): void;
  realFftInverse(re: number, im: number, x: number, size: number, half: number, turns: number, scratch: number): void;
}
