import { Pause, Play } from 'lucide-react';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { useKey } from '../keys/keys.js';
import { useTheme } from '../shell/theme.js';
import { Button } from './button.js';

export interface PlayerHandle {
  seek(seconds: number): void;
  toggle(): void;
}

interface Props {
  /** Where the sound is, or the sound itself. */
  src: string | Blob;
  durationSeconds: number;
  /** From −1 to 1, as the server measured it; nothing is decoded here. */
  peaks: readonly number[];
  label: string;
  onTime?: (seconds: number) => void;
  /** Whether the space bar plays this one; of several on a screen one does. */
  takesKeys?: boolean;
  ref?: Ref<PlayerHandle>;
}

/** Play, pause, and the waveform to seek in: as wide as the picture of a `Spectrogram` below it, so that times stand under each other. */
export function Player({ src, durationSeconds, peaks, label, onTime, takesKeys = true, ref }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const surfer = useRef<WaveSurfer>(null);
  const tell = useRef(onTime);
  tell.current = onTime;
  const [isPlaying, setPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const [cannotPlay, setCannotPlay] = useState(false);

  useEffect(() => {
    if (place.current === null) return;
    const url = typeof src === 'string' ? src : URL.createObjectURL(src);
    const player = WaveSurfer.create({
      container: place.current,
      height: 72,
      url,
      peaks: [[...peaks]],
      duration: durationSeconds,
      ...colours(),
      cursorWidth: 2,
      barWidth: 3,
      barGap: 2,
      barRadius: 3,
    });
    surfer.current = player;
    const heard = (seconds: number) => {
      setTime(seconds);
      tell.current?.(seconds);
    };
    player.on('play', () => setPlaying(true));
    player.on('pause', () => setPlaying(false));
    player.on('finish', () => setPlaying(false));
    player.on('timeupdate', heard);
    player.on('error', () => setCannotPlay(true));
    setCannotPlay(false);
    heard(0);
    return () => {
      player.destroy();
      surfer.current = null;
      if (url !== src) URL.revokeObjectURL(url);
    };
  }, [src, peaks, durationSeconds]);

  const [theme] = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme
  useEffect(() => surfer.current?.setOptions(colours()), [theme]);

  const toggle = () => void surfer.current?.playPause().catch(() => setCannotPlay(true));
  const seek = (seconds: number) => surfer.current?.setTime(Math.min(durationSeconds, Math.max(0, seconds)));
  useImperativeHandle(ref, () => ({ seek, toggle }));
  useKey(' ', 'Play or pause', toggle, takesKeys);
  useKey('ArrowLeft', 'A second back', () => seek(time - 1), takesKeys);
  useKey('ArrowRight', 'A second on', () => seek(time + 1), takesKeys);

  return (
    <div>
      <div className="grid grid-cols-[3.25rem_minmax(0,1fr)] items-center gap-x-2">
        <Button
          size="icon"
          className="rounded-full"
          onClick={toggle}
          aria-label={isPlaying ? `Pause ${label}` : `Play ${label}`}
          aria-keyshortcuts="Space"
        >
          {isPlaying ? <Pause size={20} aria-hidden /> : <Play size={20} className="translate-x-px" aria-hidden />}
        </Button>
        <div ref={place} role="img" aria-label={`Waveform of ${label}`} className="min-w-0" />
        <span />
        <p className="flex justify-between text-note text-muted tabular-nums">
          <span>{clock(time)}</span>
          <span>{clock(durationSeconds)}</span>
        </p>
      </div>
      {cannotPlay && <p className="mt-2 text-note text-warn">This browser cannot play the format; the server could read it.</p>}
    </div>
  );
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name);
  return { waveColor: colour('--edge'), progressColor: colour('--accent'), cursorColor: colour('--ink') };
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}.${Math.floor((seconds % 1) * 10)}`;
}
