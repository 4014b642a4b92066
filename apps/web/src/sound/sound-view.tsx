import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { workedOut } from '../api/queries.js';
import { ErrorState } from '../ui/error-state.js';
import { Loading } from '../ui/loading.js';
import { Player, type PlayerHandle } from '../ui/player.js';
import { Spectrogram, type SpectrogramProps } from '../ui/spectrogram.js';
import { useClipAudio } from './audio.js';
import { peaksOf, useDescription } from './description.js';
import { pictureOf } from './picture.js';

interface Props {
  clipId: string;
  name: string;
  /** The sound where it is in the page already. */
  sound?: Blob;
  scale?: SpectrogramProps['scale'];
  palette?: SpectrogramProps['palette'];
  heightPx?: number;
}

/** A sound to hear and to see: the player, its waveform, and below them the spectrogram with a line where it plays. */
export function SoundView({ clipId, name, sound, scale, palette, heightPx }: Props) {
  const description = useDescription(clipId);
  const facts = description.data;
  const picture = useQuery({
    queryKey: ['picture', clipId],
    queryFn: () => pictureOf(clipId, facts ?? { durationSeconds: 0, sampleRate: 0 }),
    enabled: facts !== undefined,
    ...workedOut,
  });
  const stored = useClipAudio(clipId);
  const player = useRef<PlayerHandle>(null);
  const line = useRef<HTMLElement>(null);
  const [peaks, setPeaks] = useState<{ of: string; values: number[] }>();
  if (facts !== undefined && peaks?.of !== clipId) setPeaks({ of: clipId, values: peaksOf(facts.waveform) });
  if (description.error && facts === undefined) return <ErrorState error={description.error} onRetry={() => void description.refetch()} />;
  const src = sound ?? stored;
  if (facts === undefined || peaks === undefined || src === undefined) return <Loading rows={5} />;
  return (
    <div className="space-y-6">
      <Player
        ref={player}
        src={src}
        label={name}
        durationSeconds={facts.durationSeconds}
        peaks={peaks.values}
        onTime={(time) => {
          // Sixty times a second: the line is moved by hand, and nothing is rendered.
          if (line.current) line.current.style.left = `${(100 * time) / facts.durationSeconds}%`;
        }}
      />
      {picture.isPending && <Loading rows={4} />}
      {picture.error && <ErrorState error={picture.error} onRetry={() => void picture.refetch()} />}
      {picture.data && (
        <Spectrogram
          values={picture.data.values}
          highestHz={picture.data.highestHz}
          durationSeconds={facts.durationSeconds}
          scale={scale}
          palette={palette}
          heightPx={heightPx}
          label={`Spectrogram of ${name}: ${facts.durationSeconds.toFixed(2)} seconds, 0 to ${picture.data.highestHz} Hz`}
          onSeek={(time) => player.current?.seek(time)}
        >
          <i ref={line} className="pointer-events-none absolute inset-y-0 left-0 w-0.5 bg-[#fff]/90" />
        </Spectrogram>
      )}
    </div>
  );
}
