/** The part of the map that is seen: `scale` times as large as the whole, moved by shares of the frame. */
export interface WindowOnMap {
  scale: number;
  left: number;
  top: number;
}

export const whole: WindowOnMap = { scale: 1, left: 0, top: 0 };

/** Closer than this there is nothing more to see. */
const mostScale = 32;
/** Room around the outermost points, as a share of the frame. */
const margin = 0.04;

interface Place {
  left: number;
  top: number;
}

/** Where a point of the map (both axes from −1 to 1) is seen, in shares of the frame. */
export function placeOf({ x, y }: { x: number; y: number }, { scale, left, top }: WindowOnMap): Place {
  const share = (coordinate: number) => margin + ((coordinate + 1) / 2) * (1 - 2 * margin);
  return { left: left + scale * share(x), top: top + scale * share(-y) };
}

/** Closer by a factor, or farther; what is seen at a place stays there. */
export function closer({ scale, left, top }: WindowOnMap, factor: number, at: Place = { left: 0.5, top: 0.5 }): WindowOnMap {
  const next = Math.min(mostScale, Math.max(1, scale * factor));
  const grown = next / scale;
  return within({ scale: next, left: at.left - grown * (at.left - left), top: at.top - grown * (at.top - top) });
}

export function moved({ scale, left, top }: WindowOnMap, by: Place): WindowOnMap {
  return within({ scale, left: left + by.left, top: top + by.top });
}

/** The map always fills the frame. */
function within({ scale, left, top }: WindowOnMap): WindowOnMap {
  const held = (value: number) => Math.min(0, Math.max(1 - scale, value));
  return { scale, left: held(left), top: held(top) };
}
