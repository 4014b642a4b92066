import { type MouseEvent, useMemo, useState } from 'react';
import { look } from '../../ui/look.js';
import { glyphOf } from './glyphs.js';
import type { LibraryMap } from './reads.js';

type Point = LibraryMap['points'][number];

const width = 800;
const height = 600;
const margin = 24;
/** A pointer so near to a point means it. */
const reach = 28;

export const placeOf = ({ x, y }: { x: number; y: number }) => ({
  left: margin + ((x + 1) / 2) * (width - 2 * margin),
  top: margin + ((1 - y) / 2) * (height - 2 * margin),
});

interface Props {
  points: readonly Point[];
  genres: readonly (string | null)[];
  /** The genre that is to stand out. */
  genre: string | undefined;
  selected: Point | undefined;
  onSelect: (point: Point) => void;
}

/** The samples where the map has them. One path for each genre: that draws 20,000 of them as fast as twenty. */
export function MapPicture({ points, genres, genre, selected, onSelect }: Props) {
  const [under, setUnder] = useState<Point>();
  const paths = useMemo(
    () =>
      genres.map((name, i) => {
        const { path, fill } = glyphOf(i);
        const marks = points.filter((point) => point.genre === name).map((point) => markAt(point, path));
        return { name, fill, path: marks.join('') };
      }),
    [points, genres],
  );
  const nearest = ({ currentTarget, clientX, clientY }: MouseEvent<SVGSVGElement>) => {
    const box = currentTarget.getBoundingClientRect();
    const at = { left: ((clientX - box.left) / box.width) * width, top: ((clientY - box.top) / box.height) * height };
    return nearestTo(points, at);
  };
  return (
    <div className="relative overflow-hidden rounded-field border border-line bg-ground">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list beside it is for the keyboard */}
      <svg
        role="img"
        aria-label={`Map of ${points.length} sounds; the list beside it has them by name`}
        viewBox={`0 0 ${width} ${height}`}
        className="block h-auto w-full cursor-pointer"
        onMouseMove={(event) => setUnder(nearest(event))}
        onMouseLeave={() => setUnder(undefined)}
        onClick={(event) => {
          const point = nearest(event);
          if (point) onSelect(point);
        }}
      >
        {paths.map(({ name, fill, path }) => (
          <path key={name ?? ''} d={path} className={look(fill, genre !== undefined && name !== genre && 'opacity-15')} />
        ))}
        {[under, selected].map((point, i) =>
          point === undefined ? null : (
            <circle
              // biome-ignore lint/suspicious/noArrayIndexKey: always these two
              key={i}
              cx={placeOf(point).left}
              cy={placeOf(point).top}
              r={13}
              strokeWidth={3}
              className="fill-transparent stroke-ink"
            />
          ),
        )}
      </svg>
      {under && <Name point={under} />}
    </div>
  );
}

function Name({ point }: { point: Point }) {
  const { left, top } = placeOf(point);
  const isRight = left > width / 2;
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute max-w-56 rounded-small bg-ink px-2.5 py-1 text-note text-surface wrap-anywhere"
      style={{
        [isRight ? 'right' : 'left']: `calc(${(100 * (isRight ? width - left : left)) / width}% + 1rem)`,
        top: `calc(${(100 * top) / height}% - 0.9rem)`,
      }}
    >
      {point.filename}
    </p>
  );
}

function markAt(point: Point, path: string): string {
  const { left, top } = placeOf(point);
  return `M${left.toFixed(1)} ${top.toFixed(1)}${path}`;
}

function nearestTo(points: readonly Point[], at: { left: number; top: number }): Point | undefined {
  let found: Point | undefined;
  let least = reach;
  for (const point of points) {
    const { left, top } = placeOf(point);
    const distance = Math.hypot(left - at.left, top - at.top);
    if (distance < least) [found, least] = [point, distance];
  }
  return found;
}
