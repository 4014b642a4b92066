import { useEffect, useState } from 'react';
import { useClipAudio } from './audio.js';

/** A clip in a list, to hear: the browser's own player, which reads nothing before it is asked to. */
export function ClipAudio({ clipId, name }: { clipId: string; name: string }) {
  const sound = useClipAudio(clipId);
  const [src, setSrc] = useState<string>();
  useEffect(() => {
    if (sound === undefined || typeof sound === 'string') return setSrc(sound);
    const url = URL.createObjectURL(sound);
    setSrc(url);
    return () => URL.revokeObjectURL(url);
  }, [sound]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: a sample of a sound has no words
    <audio controls preload="none" src={src} aria-label={`Play ${name}`} className="h-9 w-full sm:w-64" />
  );
}
