import { tanh4 } from './exponential';
import { softmax } from './softmax';

/*
 * Additive self-attention (Bahdanau et al. 2015) of one row: every frame t looks at every frame s
 *
 *     e[t][s] = Σᵤ v[u]·tanh(q[t][u] + k[s][u])     a[t] = softmax(e[t])     y[t] = Σₛ a[t][s]·x[s]
 *
 * q and k are x·Wq and x·Wk + b, [frame][units]; x and y are [frame][channels]. Units and channels are multiples of four.
 */
export function attend(x: usize, q: usize, k: usize, v: usize, frames: i32, channels: i32, units: i32, a: usize, y: usize): void {
  const unitBytes = <usize>units << 2;
  const frameBytes = <usize>channels << 2;
  for (let t = 0, p = a; t < frames; t++, q += unitBytes) {
    for (let s = 0, key = k; s < frames; s++, key += unitBytes, p += 4) {
      let sum = f32x4.splat(0);
      for (let at: usize = 0; at < unitBytes; at += 16) {
        const bent = tanh4(f32x4.add(v128.load(q + at), v128.load(key + at)));
        sum = f32x4.add(sum, f32x4.mul(v128.load(v + at), bent));
      }
      store<f32>(p, total(sum));
    }
  }
  softmax(a, frames, frames);
  for (let t = 0; t < frames; t++, y += frameBytes, a += <usize>frames << 2) {
    for (let at: usize = 0; at < frameBytes; at += 16) {
      let sum = f32x4.splat(0);
      for (let s = 0, from = x + at; s < frames; s++, from += frameBytes) {
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(a + (<usize>s << 2)), v128.load(from)));
      }
      v128.store(y + at, sum);
    }
  }
}

/*
 * The way back of one row, from d = ∂y; dx receives what comes through the mean (not what comes through q and k), dq and dk theirs, and
 * dv is added to. `a` becomes ∂e.
 *
 *     ∂a[t][s] = d[t]·x[s]     ∂e[t][s] = a[t][s]·(∂a[t][s] − Σᵣ a[t][r]·∂a[t][r])     dx[s] = Σₜ a[t][s]·d[t]
 *     dq[t] = Σₛ ∂e[t][s]·v·(1 − tanh²)     dk[s] = Σₜ ∂e[t][s]·v·(1 − tanh²)     dv += Σ ∂e·tanh
 */
export function attendBackward(
  x: usize, q: usize, k: usize, v: usize, a: usize, d: usize, frames: i32, channels: i32, units: i32,
  dx: usize, dq: usize, dk: usize, dv: usize,
): void {
  const unitBytes = <usize>units << 2;
  const frameBytes = <usize>channels << 2;
  const rowBytes = <usize>frames << 2;
  memory.fill(dx, 0, frameBytes * frames);
  memory.fill(dq, 0, unitBytes * frames);
  memory.fill(dk, 0, unitBytes * frames);
  for (let t = 0; t < frames; t++, a += rowBytes, d += frameBytes, q += unitBytes, dq += unitBytes) {
    let mean: f32 = 0;
    for (let s = 0; s < frames; s++) {
      const share = load<f32>(a + (<usize>s << 2));
      mean += share * shared(share, x + frameBytes * s, d, dx + frameBytes * s, frameBytes);
    }
    for (let s = 0; s < frames; s++) {
      const at = a + (<usize>s << 2);
      const share = load<f32>(at);
      const de = share * (shared(0, x + frameBytes * s, d, dx + frameBytes * s, frameBytes) - mean);
      store<f32>(at, de);
      bend(f32x4.splat(de), q, k + unitBytes * s, v, dq, dk + unitBytes * s, dv, unitBytes);
    }
  }
}

/** d·x of two frames; adds share·d to dx. */
function shared(share: f32, x: usize, d: usize, dx: usize, frameBytes: usize): f32 {
  const shares = f32x4.splat(share);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < frameBytes; at += 16) {
    const gradient = v128.load(d + at);
    sum = f32x4.add(sum, f32x4.mul(gradient, v128.load(x + at)));
    v128.store(dx + at, f32x4.add(v128.load(dx + at), f32x4.mul(shares, gradient)));
  }
  return total(sum);
}

function bend(de: v128, q: usize, k: usize, v: usize, dq: usize, dk: usize, dv: usize, unitBytes: usize): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < unitBytes; at += 16) {
    const bent = tanh4(f32x4.add(v128.load(q + at), v128.load(k + at)));
    const through = f32x4.mul(f32x4.mul(de, v128.load(v + at)), f32x4.sub(one, f32x4.mul(bent, bent)));
    v128.store(dq + at, f32x4.add(v128.load(dq + at), through));
    v128.store(dk + at, f32x4.add(v128.load(dk + at), through));
    v128.store(dv + at, f32x4.add(v128.load(dv + at), f32x4.mul(de, bent)));
  }
}

// @ts-ignore: decorator
@inline
function total(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
