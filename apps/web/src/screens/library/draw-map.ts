import { glyphOf, glyphRadius } from './glyphs.js';
import type { LibraryMap } from './reads.js';
import { placeOf, type WindowOnMap } from './window-on-map.js';

export type Point = LibraryMap['points'][number];

interface Drawn {
  points: readonly Point[];
  genres: readonly (string | null)[];
  /** The genre that is to stand out. */
  genre: string | undefined;
  window: WindowOnMap;
}

/** So far the sign of a point reaches from its middle, in pixels of the page. */
const fewestPixels = 2;
const mostPixels = 6;

/** Draws each point by a stamp that was made once for its genre: 20,000 of them fit into a frame. */
export function drawMap(canvas: HTMLCanvasElement, { points, genres, genre, window }: Drawn): void {
  const context = canvas.getContext('2d');
  const { clientWidth, clientHeight } = canvas;
  if (context === null || clientWidth === 0) return;
  canvas.width = Math.round(clientWidth * devicePixelRatio); // which empties it too
  canvas.height = Math.round(clientHeight * devicePixelRatio);
  const radius = devicePixelRatio * radiusOf(points.length, window.scale);
  const stamps = new Map(genres.map((name, place) => [name, { place, stamp: stampOf(place, radius) }]));
  const half = Math.ceil(radius) + 1;
  for (const isFaint of genre === undefined ? [false] : [true, false]) {
    context.globalAlpha = isFaint ? 0.15 : 1;
    for (const point of points) {
      if (genre !== undefined && isFaint === (point.genre === genre)) continue;
      const { left, top } = placeOf(point, window);
      if (left < -0.1 || left > 1.1 || top < -0.1 || top > 1.1) continue;
      const stamp = stamps.get(point.genre)?.stamp;
      if (stamp) context.drawImage(stamp, Math.round(left * canvas.width) - half, Math.round(top * canvas.height) - half);
    }
  }
}

/** Smaller where there are many, and larger again as one comes closer. */
function radiusOf(count: number, scale: number): number {
  return Math.min(mostPixels, Math.max(fewestPixels, 150 / Math.sqrt(count)) * Math.sqrt(scale));
}

function stampOf(place: number, radius: number): HTMLCanvasElement {
  const stamp = document.createElement('canvas');
  const half = Math.ceil(radius) + 1;
  stamp.width = 2 * half;
  stamp.height = 2 * half;
  const { path, colour } = glyphOf(place);
  const context = stamp.getContext('2d');
  if (context === null) return stamp;
  context.translate(half, half);
  context.scale(radius / glyphRadius, radius / glyphRadius);
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(colour);
  context.fill(new Path2D(`M0 0${path}`));
  return stamp;
}
