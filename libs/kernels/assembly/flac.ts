/*
 * The loops of FLAC that meet every sample (RFC 9639, 9.2.7, 9.2.6 and 9.1.3).
 *
 * Rice codes with parameter k: a quotient q in unary, zeros before a one, k bits r of remainder, the sign in the last bit of (q << k) | r.
 * `bytes`: eight more may be read after the last. Bits count from its first byte on, the most significant first. Returns the bit after the
 * last code; one past `endBit` when a code does not end before it: what `out` holds then is of no use.
 */
export function riceCodes(bytes: usize, position: i32, endBit: i32, k: i32, out: usize, count: i32): i32 {
  const limit = bytes + (endBit >>> 3);
  // `bits`: the next `left` bits, and zeros; p: the byte after them
  let bits = bitsAt(bytes, position), left = 64 - (position & 7), p = bytes + (position >>> 3) + 8;
  for (const end = out + (<usize>count << 2); out < end; out += 4) {
    if (left <= 32) {
      if (p > limit + 4) return endBit + 1;
      bits |= <u64>bswap<u32>(load<u32>(p)) << (32 - left);
      p += 4;
      left += 32;
    }
    const quotient = <i32>clz(bits);
    let used = quotient + 1 + k;
    let value: u32;
    if (used <= left && used < 64) {
      value = (<u32>quotient << k) | <u32>(((bits << (quotient + 1)) >> 1) >> (63 - k)); // two shifts: k may be 0
      bits <<= used;
      left -= used;
    } else {
      position = (<i32>(p - bytes) << 3) - left;
      let zeros: i32 = 0;
      for (let run = 57; run == 57 && position <= endBit; position += run, zeros += run) {
        run = min(57, <i32>clz(bitsAt(bytes, position)));
      }
      if (position >= endBit) return endBit + 1;
      value = (<u32>zeros << k) | <u32>((bitsAt(bytes, position + 1) >> 1) >> (63 - k));
      position += 1 + k;
      bits = bitsAt(bytes, position), left = 64 - (position & 7), p = bytes + (position >>> 3) + 8;
    }
    store<i32>(out, <i32>(value >> 1) ^ -<i32>(value & 1));
  }
  position = (<i32>(p - bytes) << 3) - left;
  return position > endBit ? endBit + 1 : position;
}

/** 57 bits or more from `position` on, zeros after them. */
// @ts-ignore: decorator
@inline
function bitsAt(bytes: usize, position: i32): u64 {
  return bswap<u64>(load<u64>(bytes + (position >>> 3))) << (position & 7);
}

/*
 * Adds to each number from the order on what those before it foretell, rounded down; sums fit in 32 bits.
 *
 *     s[i] += (Σⱼ c[j]·s[i − 1 − j]) >> shift        j = 0 … order − 1
 *
 * Four numbers at a time: what the ones before the four give is summed for all of them at once, what they give each other one by one.
 * `coefficients`: c, then three zeros. `work`: 16·order bytes.
 */
export function predict(s: usize, count: i32, coefficients: usize, order: i32, shift: i32, work: usize): void {
  for (let m: usize = 0, end = <usize>order << 2; m < end; m += 4) v128.store(work + (m << 2), v128.load(coefficients + m));
  const last = work + (<usize>order << 4);
  const c0 = load<i32>(coefficients), c1 = load<i32>(coefficients, 4), c2 = load<i32>(coefficients, 8);
  const end = s + (<usize>count << 2);
  let p = s + (<usize>order << 2);
  for (; p + 16 <= end; p += 16) {
    let sums = i32x4.splat(0);
    for (let w = last - 16, q = p - (<usize>order << 2); w >= work; w -= 16, q += 4) {
      sums = i32x4.add(sums, i32x4.mul(v128.load32_splat(q), v128.load(w)));
    }
    const a = load<i32>(p) + (i32x4.extract_lane(sums, 0) >> shift);
    const b = load<i32>(p, 4) + ((i32x4.extract_lane(sums, 1) + c0 * a) >> shift);
    const c = load<i32>(p, 8) + ((i32x4.extract_lane(sums, 2) + c1 * a + c0 * b) >> shift);
    const d = load<i32>(p, 12) + ((i32x4.extract_lane(sums, 3) + c2 * a + c1 * b + c0 * c) >> shift);
    store<i32>(p, a);
    store<i32>(p, b, 4);
    store<i32>(p, c, 8);
    store<i32>(p, d, 12);
  }
  for (; p < end; p += 4) {
    let sum = 0;
    for (let j: usize = 0, n = <usize>order << 2; j < n; j += 4) sum += load<i32>(coefficients + j) * load<i32>(p - 4 - j);
    store<i32>(p, load<i32>(p) + (sum >> shift));
  }
}

/*
 * Two channels of which one is a difference, or that are a mean and a difference, become left and right in place.
 * `coding`: 1 left, left − right; 2 left − right, right; 3 (left + right) >> 1, left − right.
 */
export function undoStereo(first: usize, second: usize, count: i32, coding: i32): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    const a = v128.load(first + i), b = v128.load(second + i);
    if (coding == 1) v128.store(second + i, i32x4.sub(a, b));
    else if (coding == 2) v128.store(first + i, i32x4.add(a, b));
    else {
      const sum = v128.or(i32x4.shl(a, 1), v128.and(b, i32x4.splat(1)));
      v128.store(first + i, i32x4.shr_s(i32x4.add(sum, b), 1));
      v128.store(second + i, i32x4.shr_s(i32x4.sub(sum, b), 1));
    }
  }
}

/** Whole numbers become f32 times `scale`, in place. Room for `count` rounded up to 4, as above. */
export function scaled(numbers: usize, count: i32, scale: f32): void {
  const s = f32x4.splat(scale);
  for (let p = numbers, end = numbers + (<usize>count << 2); p < end; p += 16) {
    v128.store(p, f32x4.mul(s, f32x4.convert_i32x4_s(v128.load(p))));
  }
}
