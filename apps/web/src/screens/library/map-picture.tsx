import { Maximize, Minus, Plus } from 'lucide-react';
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTheme } from '../../shell/theme.js';
import { Button } from '../../ui/button.js';
import { look } from '../../ui/look.js';
import { drawMap, type Point } from './draw-map.js';
import { closer, moved, placeOf, type WindowOnMap, whole } from './window-on-map.js';

/** A pointer so near to a point means it, in pixels. */
const reach = 24;
/** A press that goes farther than this moves the map, and chooses nothing. */
const slip = 4;
/** By a button, and by each notch of the wheel. */
const step = 1.6;

interface Props {
  points: readonly Point[];
  genres: readonly (string | null)[];
  /** The genre that is to stand out. */
  genre: string | undefined;
  selected: Point | undefined;
  onSelect: (point: Point) => void;
}

interface Hold {
  /** Where the pointer was last, and how far it has gone since it was pressed. */
  x: number;
  y: number;
  gone: number;
}

/** The samples where the map has them: moved by dragging, looked at closer by the buttons, a double click, or the wheel with Ctrl. */
export function MapPicture({ points, genres, genre, selected, onSelect }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const hold = useRef<Hold>(null);
  const [window, setWindow] = useState<WindowOnMap>(whole);
  const [under, setUnder] = useState<Point>();
  const [theme] = useTheme();
  const width = useWidth(canvas);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours and room change what is drawn too
  useEffect(() => {
    if (canvas.current) drawMap(canvas.current, { points, genres, genre, window });
  }, [points, genres, genre, window, theme, width]);
  useWheel(canvas, (factor, at) => setWindow((before) => closer(before, factor, at)));

  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    hold.current = { x: event.clientX, y: event.clientY, gone: 0 };
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const held = hold.current;
    if (held === null) return setUnder(nearestTo(event, points, window));
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    hold.current = { x: event.clientX, y: event.clientY, gone: held.gone + Math.hypot(dx, dy) };
    const { clientWidth, clientHeight } = event.currentTarget;
    setWindow((before) => moved(before, { left: dx / clientWidth, top: dy / clientHeight }));
  };
  const release = (event: PointerEvent<HTMLCanvasElement>) => {
    const point = (hold.current?.gone ?? 0) > slip ? undefined : nearestTo(event, points, window);
    hold.current = null;
    if (point) onSelect(point);
  };
  return (
    <div className="relative overflow-hidden rounded-field border border-line bg-ground">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Map of ${points.length} sounds; the list beside it has them by name`}
        className={look('block aspect-[4/3] w-full cursor-pointer', window.scale > 1 ? 'touch-none' : 'touch-pan-y')}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={() => {
          hold.current = null;
        }}
        onPointerLeave={() => setUnder(undefined)}
        onDoubleClick={(event) => setWindow(closer(window, step, shareOf(event)))}
      />
      {[under, selected].map((point, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: always these two
        point === undefined ? null : <Ring key={i} at={placeOf(point, window)} />,
      )}
      {under && <Name of={under} at={placeOf(under, window)} />}
      <div className="absolute right-2 bottom-2 flex gap-1">
        <Button look="plain" size="icon" aria-label="Closer" onClick={() => setWindow(closer(window, step))}>
          <Plus size={18} aria-hidden />
        </Button>
        <Button
          look="plain"
          size="icon"
          aria-label="Farther"
          disabled={window.scale === 1}
          onClick={() => setWindow(closer(window, 1 / step))}
        >
          <Minus size={18} aria-hidden />
        </Button>
        <Button look="plain" size="icon" aria-label="The whole map" disabled={window.scale === 1} onClick={() => setWindow(whole)}>
          <Maximize size={18} aria-hidden />
        </Button>
      </div>
    </div>
  );
}

interface At {
  left: number;
  top: number;
}

function Ring({ at: { left, top } }: { at: At }) {
  return (
    <i
      aria-hidden
      className="pointer-events-none absolute size-6 -translate-1/2 rounded-full border-[3px] border-ink"
      style={{ left: `${100 * left}%`, top: `${100 * top}%` }}
    />
  );
}

function Name({ of: { filename }, at: { left, top } }: { of: Point; at: At }) {
  const isRight = left > 0.5;
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute max-w-56 -translate-y-1/2 rounded-small bg-ink px-2.5 py-1 text-note text-surface wrap-anywhere"
      style={{ [isRight ? 'right' : 'left']: `calc(${100 * (isRight ? 1 - left : left)}% + 1rem)`, top: `${100 * top}%` }}
    >
      {filename}
    </p>
  );
}

interface AtPointer {
  currentTarget: HTMLCanvasElement;
  clientX: number;
  clientY: number;
}

function shareOf({ currentTarget, clientX, clientY }: AtPointer): At {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return { left: (clientX - left) / width, top: (clientY - top) / height };
}

function nearestTo(pointer: AtPointer, points: readonly Point[], window: WindowOnMap): Point | undefined {
  const { clientWidth, clientHeight } = pointer.currentTarget;
  const at = shareOf(pointer);
  let found: Point | undefined;
  let least = reach;
  for (const point of points) {
    const { left, top } = placeOf(point, window);
    const distance = Math.hypot(clientWidth * (left - at.left), clientHeight * (top - at.top));
    if (distance < least) [found, least] = [point, distance];
  }
  return found;
}

/** How wide it is now. */
function useWidth(canvas: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [canvas]);
  return width;
}

/** The wheel with Ctrl, or two fingers on a touchpad; without it the wheel scrolls the page, as everywhere. */
function useWheel(canvas: RefObject<HTMLCanvasElement | null>, onTurn: (factor: number, at: At) => void): void {
  const tell = useRef(onTurn);
  tell.current = onTurn;
  useEffect(() => {
    const { current } = canvas;
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey || current === null) return;
      event.preventDefault();
      tell.current(step ** (-event.deltaY / 100), shareOf({ currentTarget: current, clientX: event.clientX, clientY: event.clientY }));
    };
    current?.addEventListener('wheel', turn, { passive: false });
    return () => current?.removeEventListener('wheel', turn);
  }, [canvas]);
}
