import { useEffect, useRef, useState } from 'react';
import { type Microphone, openMicrophone } from '../../sound/microphone.js';
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

/** Records from the microphone; when it is stopped, what was recorded is handed over as a file. */
export function useRecorder(onRecorded: (file: File) => void, onRefused: (error: unknown) => void): Recorder {
  const microphone = useRef<Microphone>(null);
  const blocks = useRef<Float32Array[]>([]);
  const [isOn, setOn] = useState(false);
  const [{ level, seconds }, setHeard] = useState({ level: 0, seconds: 0 });

  useEffect(() => () => microphone.current?.close(), []);

  const stop = () => {
    const open = microphone.current;
    if (open === null) return;
    open.close();
    microphone.current = null;
    setOn(false);
    if (blocks.current.length > 0)
      onRecorded(new File([wavOf(blocks.current, open.sampleRate)], `recording ${timeNow()}.wav`, { type: 'audio/wav' }));
  };
  const latestStop = useRef(stop);
  latestStop.current = stop;

  const start = async () => {
    blocks.current = [];
    let peak = 0;
    let sampleCount = 0;
    let told = 0;
    setHeard({ level: 0, seconds: 0 });
    try {
      microphone.current = await openMicrophone((samples) => {
        blocks.current.push(samples);
        sampleCount += samples.length;
        for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
        const rate = microphone.current?.sampleRate ?? 48_000;
        if (sampleCount - told < rate / 10) return;
        setHeard({ level: peak, seconds: sampleCount / rate });
        told = sampleCount;
        peak = 0;
        if (sampleCount >= mostSeconds * rate) latestStop.current();
      });
      setOn(true);
    } catch (error) {
      onRefused(error);
    }
  };
  return { isOn, level, seconds, start, stop };
}

function timeNow(): string {
  return new Date().toTimeString().slice(0, 8).replaceAll(':', '-');
}
