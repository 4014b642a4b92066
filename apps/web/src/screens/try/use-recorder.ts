import { useEffect, useRef, useState } from 'react';
import { lostFailure, openMicrophone } from '../../sound/microphone.js';
import { wavOf } from '../../sound/wav.js';

export interface Recorder {
  isOn: boolean;
  /** From 0 to 1, of the last tenth of a second. */
  level: number;
  seconds: number;
  start: () => Promise<void>;
  stop: () => void;
}

/** A recording ends by itself after this long. */
export const mostSeconds = 60;

/** Records from the microphone; when it is stopped, what was recorded is handed over as a file. Who leaves has recorded nothing. */
export function useRecorder(onRecorded: (file: File) => void, onRefused: (error: unknown) => void): Recorder {
  const recording = useRef<AbortController>(null);
  const finish = useRef<() => void>(null);
  const [isOn, setOn] = useState(false);
  const [{ level, seconds }, setHeard] = useState({ level: 0, seconds: 0 });
  const handOver = useRef(onRecorded);
  handOver.current = onRecorded;

  const end = () => {
    recording.current?.abort();
    recording.current = null;
    finish.current = null;
    setOn(false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is ended when the screen is left
  useEffect(() => end, []);

  const start = async () => {
    if (recording.current !== null) return;
    const begun = new AbortController();
    recording.current = begun;
    const blocks: Float32Array[] = [];
    let rate = 48_000;
    let peak = 0;
    let sampleCount = 0;
    let told = 0;
    setHeard({ level: 0, seconds: 0 });
    const onBlock = (samples: Float32Array) => {
      blocks.push(samples);
      sampleCount += samples.length;
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      if (sampleCount - told < rate / 10) return;
      setHeard({ level: peak, seconds: sampleCount / rate });
      told = sampleCount;
      peak = 0;
      if (sampleCount >= mostSeconds * rate) finish.current?.();
    };
    const onLost = () => {
      end();
      onRefused(lostFailure());
    };
    try {
      rate = await openMicrophone({ onBlock, onLost, signal: begun.signal });
    } catch (error) {
      if (begun.signal.aborted) return;
      end();
      return onRefused(error);
    }
    finish.current = () => {
      end();
      if (blocks.length > 0) handOver.current(new File([wavOf(blocks, rate)], `recording ${timeNow()}.wav`, { type: 'audio/wav' }));
    };
    setOn(true);
  };
  return { isOn, level, seconds, start, stop: () => finish.current?.() };
}

function timeNow(): string {
  return new Date().toTimeString().slice(0, 8).replaceAll(':', '-');
}
