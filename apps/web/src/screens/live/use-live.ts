import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { failureOf } from '../../api/failure.js';
import { type Microphone, openMicrophone } from '../../sound/microphone.js';
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
const entriesKept = 500;

/** Listens by the microphone: windows that overlap by half go to the server one after the other, and a log of what came back grows. */
export function useLive({ classifier, windowSeconds, quietDb, keeps }: Listening) {
  const [open, setOpen] = useState<{ sampleRate: number; frameSeconds: number } | null>(null);
  const [isOpening, setOpening] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [peak, setPeak] = useState(0);
  const [log, setLog] = useState<readonly Entry[]>([]);
  const microphone = useRef<Microphone>(null);
  const frames = useRef<Frame[]>([]);
  const asked = useRef<InOrder<Window>>(null);
  const nextId = useRef(0);

  const stop = () => {
    microphone.current?.close();
    microphone.current = null;
    asked.current?.clear();
    setOpen(null);
    setPeak(0);
  };
  useEffect(() => () => void microphone.current?.close(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is listened for has changed, so that what runs is of something else
  useEffect(() => stop, [classifier, windowSeconds, quietDb, keeps]);

  const tell = (window: Window, judged: Judged, more: { latencyMs?: number; clipId?: string | null } = {}) => {
    const { id, at, levelDb } = window;
    const entry = { id, at, levelDb, latencyMs: null, clipId: null, ...more, ...judged };
    setLog((before) => [entry, ...before].slice(0, entriesKept));
  };

  const start = async () => {
    setRefusal(null);
    setOpening(true);
    let heardBefore: string | null = null;
    const ask = async (window: Window) => {
      const file = new File([wavOf([window.samples], microphone.current?.sampleRate ?? 48_000)], nameAt(window.at), { type: 'audio/wav' });
      try {
        const { clipId, prediction } = await predictFile(file, classifier);
        const latencyMs = performance.now() - window.endedMs;
        const judged = judge(prediction, heardBefore);
        heardBefore = prediction.isUnknown ? null : prediction.label;
        tell(window, judged, { latencyMs, clipId: keeps ? clipId : null });
        if (!keeps) await answer(api.DELETE('/api/v1/clips/{id}', { params: { path: { id: clipId } } }));
      } catch (error) {
        heardBefore = null;
        const { title, message } = failureOf(error);
        tell(window, notHeard(`${title}: ${message}`));
      }
    };
    const order = new InOrder(ask, (window) => tell(window, notHeard('Let go: the server is slower than the sound')));
    let take: ((block: Float32Array) => void) | undefined;
    try {
      const opened = await openMicrophone((block) => take?.(block));
      microphone.current = opened;
      asked.current = order;
      const { sampleRate } = opened;
      const windows = cut(sampleRate, windowSeconds, (samples) => {
        const window = { id: nextId.current++, samples, endedMs: performance.now(), at: new Date(), levelDb: levelOf(samples) };
        if (window.levelDb >= quietDb) order.add(window);
        else {
          heardBefore = null;
          tell(window, notHeard(`Quieter than ${quietDb} dBFS: nobody was asked`));
        }
      });
      frames.current = [];
      let frameSeconds = 0;
      const look = analyse(sampleRate, (frame, seconds) => {
        frames.current.push(frame);
        if (frames.current.length > framesKept) frames.current.shift();
        setPeak(Math.max(...frames.current.slice(-framesOfLevel).map((one) => one.peak)));
        if (frameSeconds === 0) setOpen({ sampleRate, frameSeconds: seconds });
        frameSeconds = seconds;
      });
      take = (block) => {
        look(block);
        windows.push(block);
      };
    } catch (error) {
      setRefusal(error);
    } finally {
      setOpening(false);
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
