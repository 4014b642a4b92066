import { useEffect, useRef, useState } from 'react';
import { Spectrogram } from '../../ui/spectrogram.js';
import { type Frame, highestDb, lowestDb } from './analysis.js';

const shownSeconds = 10;
const range = [lowestDb, highestDb] as const;
/** How often it moves on; for who wants little motion, seldom. */
const everyMs = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1_000 : 100;

interface Props {
  /** The newest last; they are read when the picture moves on. */
  frames: { readonly current: readonly Frame[] };
  frameSeconds: number;
  highestHz: number;
}

/** The last ten seconds as a picture; now is at its right end. */
export function RunningPicture({ frames, frameSeconds, highestHz }: Props) {
  const columns = Math.round(shownSeconds / frameSeconds);
  const read = useRef(() => valuesOf([], columns));
  read.current = () => valuesOf(frames.current, columns);
  const [values, setValues] = useState(() => read.current());
  useEffect(() => {
    const timer = setInterval(() => setValues(read.current()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Spectrogram
      values={values}
      range={range}
      highestHz={highestHz}
      durationSeconds={shownSeconds}
      unit="dBFS"
      heightPx={220}
      label="Spectrogram of the last ten seconds, up to now at the right"
    />
  );
}

/** Bands by columns; what has not been heard yet is silent. */
function valuesOf(frames: readonly Frame[], columns: number): number[][] {
  const shown = frames.slice(-columns);
  const bandCount = shown[0]?.bands.length ?? 1;
  return Array.from({ length: bandCount }, (_, band) => [
    ...new Array<number>(columns - shown.length).fill(lowestDb),
    ...shown.map(({ bands }) => bands[band] ?? lowestDb),
  ]);
}
