import { useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../api/client.js';
import { Button } from '../ui/button.js';

/** One sound at a time: whoever begins ends the one before. */
let sounding: HTMLAudioElement | null = null;

/** Plays a stored clip from its line in a list; its bytes are read when it is pressed. */
export function PlayButton({ clipId, name }: { clipId: string; name: string }) {
  const [isWanted, setWanted] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const audio = useRef<HTMLAudioElement>(null);
  const bytes = useQuery({
    queryKey: ['audio', clipId],
    queryFn: () => answer(api.GET('/api/v1/clips/{id}/audio', { params: { path: { id: clipId } }, parseAs: 'blob' })),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (!isWanted || bytes.data === undefined) return;
    const url = URL.createObjectURL(bytes.data);
    const player = new Audio(url);
    audio.current = player;
    player.onplay = () => setPlaying(true);
    player.onpause = () => setPlaying(false);
    play(player);
    return () => {
      player.pause();
      URL.revokeObjectURL(url);
    };
  }, [isWanted, bytes.data]);
  const press = () => {
    const player = audio.current;
    if (player === null) setWanted(true);
    else if (isPlaying) player.pause();
    else play(player);
  };
  return (
    <Button
      look="plain"
      size="icon"
      onClick={press}
      aria-label={`${isPlaying ? 'Pause' : 'Play'} ${name}`}
      aria-busy={isWanted && bytes.isPending}
    >
      {isPlaying ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
    </Button>
  );
}

function play(player: HTMLAudioElement): void {
  if (sounding !== player) sounding?.pause();
  sounding = player;
  void player.play().catch(() => undefined); // a format that this browser cannot play stays silent; the button stays as it was
}
