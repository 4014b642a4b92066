import { Pause, Play } from 'lucide-react';
import type { FocusEvent } from 'react';
import { Button } from '../ui/button.js';
import { playPreview, stopPreview, useSounding } from './preview.js';

interface Props {
  clipId: string;
  name: string;
  /** Whether the sound is heard as soon as the keyboard comes to the button. */
  playsOnFocus?: boolean;
}

/** Plays a stored clip from its line in a list. `moveFocus` goes from one such button to the next. */
export function PlayButton({ clipId, name, playsOnFocus = false }: Props) {
  const isPlaying = useSounding(clipId);
  const onFocus = ({ currentTarget }: FocusEvent<HTMLButtonElement>) => {
    // A click brings the focus too, and means itself.
    if (playsOnFocus && currentTarget.matches(':focus-visible')) void playPreview(clipId);
  };
  return (
    <Button
      size="icon"
      look={isPlaying ? 'main' : 'plain'}
      className="rounded-full"
      data-play
      aria-label={`${isPlaying ? 'Stop' : 'Play'} ${name}`}
      onFocus={onFocus}
      onBlur={() => playsOnFocus && stopPreview(clipId)}
      onClick={() => (isPlaying ? stopPreview(clipId) : void playPreview(clipId))}
    >
      {isPlaying ? <Pause size={18} aria-hidden /> : <Play size={18} className="translate-x-px" aria-hidden />}
    </Button>
  );
}

/** To the play button so many after the one that has the focus; to the first where none has it. */
export function moveFocus(list: HTMLElement | null, steps: 1 | -1): void {
  const buttons = [...(list?.querySelectorAll<HTMLElement>('[data-play]') ?? [])];
  const now = buttons.findIndex((button) => button.matches(':focus'));
  buttons[now < 0 ? 0 : Math.max(0, Math.min(buttons.length - 1, now + steps))]?.focus();
}
