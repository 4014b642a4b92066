/*
 * Maximum over windows of high × wide positions, of images [height][width][channels]; what does not fill a window at the end is left out.
 * Channels are a multiple of four.
 */
export function maxPool(x: usize, images: i32, height: i32, width: i32, channels: i32, high: i32, wide: i32, y: usize): void {
  const position = <usize>channels << 2;
  const row = position * width;
  for (let image = 0; image < images; image++, x += row * height) {
    for (let top = x, h = 0; h < height / high; h++, top += row * high) {
      for (let left = top, w = 0; w < width / wide; w++, left += position * wide) {
        for (let at = left; at < left + position; at += 16, y += 16) v128.store(y, windowMax(at, high, wide, position, row));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function windowMax(at: usize, high: i32, wide: i32, position: usize, row: usize): v128 {
  let most = v128.load(at);
  for (let i = 0; i < high; i++, at += row) {
    for (let j = 0, p = at; j < wide; j++, p += position) most = f32x4.pmax(most, v128.load(p));
  }
  return most;
}

/** The gradient goes to the first position of the window that has its maximum; all others become 0. */
export function maxPoolBackward(
  x: usize, y: usize, d: usize, images: i32, height: i32, width: i32, channels: i32, high: i32, wide: i32, dx: usize,
): void {
  const position = <usize>channels << 2;
  const row = position * width;
  if (height % high != 0 || width % wide != 0) memory.fill(dx, 0, row * height * images);
  for (let image = 0; image < images; image++, x += row * height, dx += row * height) {
    for (let h = 0; h < height / high; h++) {
      for (let w = 0; w < width / wide; w++) {
        const corner = row * (h * high) + position * (w * wide);
        for (let at = corner; at < corner + position; at += 16, y += 16, d += 16) {
          const most = v128.load(y);
          let open = v128.load(d); // becomes 0 in a lane once it is given away
          for (let i = 0, line = at; i < high; i++, line += row) {
            for (let j = 0, p = line; j < wide; j++, p += position) {
              const isMost = f32x4.eq(v128.load(x + p), most);
              v128.store(dx + p, v128.and(open, isMost));
              open = v128.andnot(open, isMost);
            }
          }
        }
      }
    }
  }
}

/** Mean and maximum over all positions of an image: y[image] = [channels means, channels maxima]. Channels are a multiple of four. */
export function meanAndMax(x: usize, images: i32, positions: i32, channels: i32, y: usize): void {
  const position = <usize>channels << 2;
  const count = f32x4.splat(<f32>positions);
  for (let image = 0; image < images; image++, x += position * positions, y += 2 * position) {
    for (let at: usize = 0; at < position; at += 16) {
      let sum = f32x4.splat(0);
      let most = v128.load(x + at);
      for (let i = 0, p = x + at; i < positions; i++, p += position) {
        const value = v128.load(p);
        sum = f32x4.add(sum, value);
        most = f32x4.pmax(most, value);
      }
      v128.store(y + at, f32x4.div(sum, count));
      v128.store(y + position + at, most);
    }
  }
}

export function meanAndMaxBackward(x: usize, y: usize, d: usize, images: i32, positions: i32, channels: i32, dx: usize): void {
  const position = <usize>channels << 2;
  const count = f32x4.splat(<f32>positions);
  for (let image = 0; image < images; image++, x += position * positions, dx += position * positions, y += 2 * position, d += 2 * position) {
    for (let at: usize = 0; at < position; at += 16) {
      const share = f32x4.div(v128.load(d + at), count);
      const most = v128.load(y + position + at);
      let open = v128.load(d + position + at);
      for (let i = 0, p = at; i < positions; i++, p += position) {
        const isMost = f32x4.eq(v128.load(x + p), most);
        v128.store(dx + p, f32x4.add(share, v128.and(open, isMost)));
        open = v128.andnot(open, isMost);
      }
    }
  }
}

/** Mean over all positions of an image. Channels are a multiple of four. */
export function mean(x: usize, images: i32, positions: i32, channels: i32, y: usize): void {
  const position = <usize>channels << 2;
  const count = f32x4.splat(<f32>positions);
  for (let image = 0; image < images; image++, x += position * positions, y += position) {
    for (let at: usize = 0; at < position; at += 16) {
      let sum = f32x4.splat(0);
      for (let i = 0, p = x + at; i < positions; i++, p += position) sum = f32x4.add(sum, v128.load(p));
      v128.store(y + at, f32x4.div(sum, count));
    }
  }
}

export function meanBackward(d: usize, images: i32, positions: i32, channels: i32, dx: usize): void {
  const position = <usize>channels << 2;
  const count = f32x4.splat(<f32>positions);
  for (let image = 0; image < images; image++, d += position) {
    for (let i = 0; i < positions; i++, dx += position) {
      for (let at: usize = 0; at < position; at += 16) v128.store(dx + at, f32x4.div(v128.load(d + at), count));
    }
  }
}
