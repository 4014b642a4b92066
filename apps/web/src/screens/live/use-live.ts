import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { failureOf } from '../../api/failure.js';
import { lostFailure, openMicrophone } from '../../sound/microphone.js';
import { fixed } from '../../sound/numbers.js';
import { predictFile } from '../../sound/prediction.js';
import { wavOf } from '../../sound/wav.js';
import { analyse, type Frame } from './analysis.js';
import { InOrder } from './in-order.js';
import { type Judged, judge } from './judge.js';
import { Windows } from './windows.js';

export interface Entry extends Judged {
  id: number;
  /** When its window ended. */
  at: Date;
  levelDb: number;
  /** From the end of the window to the answer; null where nobody was asked. */
  latencyMs: number | null;
  /** The recording, where it is kept. */
  clipId: string | null;
}

export interface Listening {
  classifier: string;
  windowSeconds: number;
  quietDb: number;
  keeps: boolean;
}

interface Window {
  id: number;
  samples: Float32Array<ArrayBuffer>;
  endedMs: number;
  at: Date;
  levelDb: number;
}

/** Frames that are kept to be drawn: some more than ten seconds at 48 kHz. */
const framesKept = 300;
/** The level stays for a third of a second, so that one can see it. */
const framesOfLevel = 8;
/** Older ones fall out of the log. */
export const entriesKept = 500;

/** Listens by the microphone: windows that overlap by half go to the server one after the other, and a log of what came back grows. */
export function useLive({ classifier, windowSeconds, quietDb, keeps }: Listening) {
  const [open, setOpen] = useState<{ sampleRate: number; frameSeconds: number } | null>(null);
  const [isOpening, setOpening] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [peak, setPeak] = useState(0);
  const [log, setLog] = useState<readonly Entry[]>([]);
  const listening = useRef<AbortController>(null);
  const frames = useRef<Frame[]>([]);
  const asked = useRef<InOrder<Window>>(null);
  const nextId = useRef(0);

  const stop = () => {
    listening.current?.abort();
    listening.current = null;
    asked.current?.clear();
    setOpen(null);
    setOpening(false);
    setPeak(0);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is listened for has changed, or nobody is there any more to see it
  useEffect(() => stop, [classifier, windowSeconds, quietDb, keeps]);

  const tell = (window: Window, judged: Judged, more: { latencyMs?: number; clipId?: string | null } = {}) => {
    const { id, at, levelDb } = window;
    const entry = { id, at, levelDb, latencyMs: null, clipId: null, ...more, ...judged };
    setLog((before) => [entry, ...before].slice(0, entriesKept));
  };

  const start = async () => {
    if (listening.current !== null) return;
    const begun = new AbortController();
    listening.current = begun;
    setRefusal(null);
    setOpening(true);
    let sampleRate = 48_000;
    let heardBefore: string | null = null;
    const ask = async (window: Window) => {
      const file = new File([wavOf([window.samples], sampleRate)], nameAt(window.at), { type: 'audio/wav' });
      try {
        const { clipId, prediction } = await predictFile(file, classifier);
        const latencyMs = performance.now() - window.endedMs;
        const judged = judge(prediction, heardBefore);
        heardBefore = prediction.isUnknown ? null : prediction.label;
        tell(window, judged, { latencyMs, clipId: keeps ? clipId : null });
        if (!keeps) await answer(api.DELETE('/api/v1/clips/{id}', { params: { path: { id: clipId } } })).catch(setRefusal);
      } catch (error) {
        heardBefore = null;
        const { title, message } = failureOf(error);
        tell(window, notHeard(`${title}: ${message}`));
      }
    };
    const order = new InOrder(ask, (window) => tell(window, notHeard('Let go: the server is slower than the sound')));
    let take: ((block: Float32Array) => void) | undefined;
    try {
      const onLost = () => {
        stop();
        setRefusal(lostFailure());
      };
      sampleRate = await openMicrophone({ onBlock: (block) => take?.(block), onLost, signal: begun.signal });
      asked.current = order;
      const windows = cut(sampleRate, windowSeconds, (samples) => {
        const window = { id: nextId.current++, samples, endedMs: performance.now(), at: new Date(), levelDb: levelOf(samples) };
        if (window.levelDb >= quietDb) order.add(window);
        else {
          heardBefore = null;
          tell(window, notHeard(`Quieter than ${fixed(quietDb, 0)} dBFS: nobody was asked`));
        }
      });
      frames.current = [];
      let frameSeconds = 0;
      const look = analyse(sampleRate, (frame, seconds) => {
        frames.current.push(frame);
        if (frames.current.length > framesKept) frames.current.shift();
        setPeak(Math.max(...frames.current.slice(-framesOfLevel).map((one) => one.peak)));
        if (frameSeconds === 0) {
          setOpen({ sampleRate, frameSeconds: seconds });
          setOpening(false);
        }
        frameSeconds = seconds;
      });
      take = (block) => {
        look(block);
        windows.push(block);
      };
    } catch (error) {
      if (begun.signal.aborted) return;
      stop();
      setRefusal(error);
    }
  };
  return { open, isOpening, refusal, peak, frames, log, start, stop, clear: () => setLog([]) };
}

function cut(sampleRate: number, windowSeconds: number, onWindow: (samples: Float32Array<ArrayBuffer>) => void): Windows {
  const windowSamples = Math.round(windowSeconds * sampleRate);
  return new Windows(windowSamples, Math.round(windowSamples / 2), onWindow);
}

/** RMS in dB below full scale. */
function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return 10 * Math.log10(Math.max(1e-12, power));
}

function notHeard(reason: string): Judged {
  return { isHeard: false, label: null, confidence: null, reason };
}

function nameAt(at: Date): string {
  return `live ${at.toISOString().slice(0, 23).replaceAll(':', '-')}.wav`;
}
