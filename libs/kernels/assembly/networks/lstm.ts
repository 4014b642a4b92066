import { convolve } from './convolve';
import { sigmoid4, tanh4 } from './exponential';

/*
 * A long short-term memory over a whole sequence, for `rows` rows at once. z [row][frame][4·units] comes in as x·W + b; the four gates of a
 * frame stand in the order i, f, g, o (Keras's):
 *
 *     zₜ += hₜ₋₁·U     i, f, o = σ(z)   g = tanh(z)     cₜ = f·cₜ₋₁ + i·g     hₜ = o·tanh(cₜ)
 *
 * z becomes the gates, for the way back. `panels` has U, `step` is the geometry of one frame: rows images of one position, that reads h and
 * adds to z. Units are a multiple of four; h and c are [row][frame][units].
 */
export function lstm(z: usize, panels: usize, step: usize, h: usize, c: usize, rows: i32, frames: i32, units: i32): void {
  const unitBytes = <usize>units << 2;
  for (let t = 0; t < frames; t++) {
    if (t > 0) convolve(h + unitBytes * (t - 1), panels, 0, z + 4 * unitBytes * t, step, false, true);
    for (let row = 0; row < rows; row++) {
      const frame = unitBytes * (row * frames + t);
      openGates(z + 4 * frame, h + frame, c + frame, unitBytes, t > 0);
    }
  }
}

function openGates(z: usize, h: usize, c: usize, unitBytes: usize, hasPast: bool): void {
  for (let at: usize = 0; at < unitBytes; at += 16) {
    const p = z + at;
    const i = sigmoid4(v128.load(p));
    const f = sigmoid4(v128.load(p + unitBytes));
    const g = tanh4(v128.load(p + 2 * unitBytes));
    const o = sigmoid4(v128.load(p + 3 * unitBytes));
    let cell = f32x4.mul(i, g);
    if (hasPast) cell = f32x4.add(f32x4.mul(f, v128.load(c + at - unitBytes)), cell);
    v128.store(p, i);
    v128.store(p + unitBytes, f);
    v128.store(p + 2 * unitBytes, g);
    v128.store(p + 3 * unitBytes, o);
    v128.store(c + at, cell);
    v128.store(h + at, f32x4.mul(o, tanh4(cell)));
  }
}

/*
 * The way back: d [row][frame][units] is the gradient of h and is added to as it goes from the last frame to the first; the gates in z
 * become the gradient of z. `panels` has Uᵀ, `step` reads z and adds to d; `past` is scratch of rows · units.
 *
 *     do = d·tanh(c)     dc = d·o·(1 − tanh²c) + dcₜ₊₁·fₜ₊₁     di = dc·g   df = dc·cₜ₋₁   dg = dc·i     dₜ₋₁ += dz·Uᵀ
 */
export function lstmBackward(
  z: usize, panels: usize, step: usize, c: usize, d: usize, past: usize, rows: i32, frames: i32, units: i32,
): void {
  const unitBytes = <usize>units << 2;
  memory.fill(past, 0, unitBytes * rows);
  for (let t = frames - 1; t >= 0; t--) {
    for (let row = 0; row < rows; row++) {
      const frame = unitBytes * (row * frames + t);
      gateGradients(z + 4 * frame, c + frame, d + frame, past + unitBytes * row, unitBytes, t > 0);
    }
    if (t > 0) convolve(z + 4 * unitBytes * t, panels, 0, d + unitBytes * (t - 1), step, false, true);
  }
}

function gateGradients(z: usize, c: usize, d: usize, past: usize, unitBytes: usize, hasPast: bool): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < unitBytes; at += 16) {
    const p = z + at;
    const i = v128.load(p);
    const f = v128.load(p + unitBytes);
    const g = v128.load(p + 2 * unitBytes);
    const o = v128.load(p + 3 * unitBytes);
    const dh = v128.load(d + at);
    const cell = tanh4(v128.load(c + at));
    const dc = f32x4.add(f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(cell, cell))), v128.load(past + at));
    const before = hasPast ? v128.load(c + at - unitBytes) : f32x4.splat(0);
    v128.store(past + at, f32x4.mul(dc, f));
    v128.store(p, f32x4.mul(f32x4.mul(dc, g), slope(i)));
    v128.store(p + unitBytes, f32x4.mul(f32x4.mul(dc, before), slope(f)));
    v128.store(p + 2 * unitBytes, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))));
    v128.store(p + 3 * unitBytes, f32x4.mul(f32x4.mul(dh, cell), slope(o)));
  }
}

/** σ′ = σ·(1 − σ) */
// @ts-ignore: decorator
@inline
function slope(s: v128): v128 {
  return f32x4.mul(s, f32x4.sub(f32x4.splat(1), s));
}
