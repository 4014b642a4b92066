import { useMutation } from '@tanstack/react-query';
import { AudioLines } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { formOf } from '../../api/work.js';
import { ErrorState } from '../../ui/error-state.js';
import { look } from '../../ui/look.js';
import { useDrop } from '../../ui/use-drop.js';
import { useShow } from './route.js';

/** A sound is given, and what sounds like it is looked for. It is stored as a clip, and is no sample of the library. */
export function SearchBySound() {
  const show = useShow();
  const storing = useMutation({
    mutationFn: async (file: File) => (await answer(api.POST('/api/v1/clips', formOf(file)))).items[0]?.id,
    onSuccess: (like) => show({ view: undefined, like }, true),
  });
  const isOver = useDrop(storing.mutate);
  return (
    <div className="space-y-3">
      <label
        className={look(
          'flex min-h-20 flex-wrap items-center justify-center gap-x-3 gap-y-1 rounded-card border-2 border-dashed border-edge/60 p-4 text-center transition-colors hover:border-accent focus-within:outline-2 focus-within:outline-accent',
          isOver && 'border-accent bg-accent-soft',
        )}
      >
        <AudioLines aria-hidden className="text-accent" />
        <span className="font-semibold">{storing.isPending ? 'Sending it' : isOver ? 'Let it go' : 'Search by a sound'}</span>
        <span className="text-note text-muted">choose a file, or drop one anywhere on this page</span>
        <input
          type="file"
          aria-label="Search by a sound: choose a file"
          accept="audio/*,video/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff"
          className="sr-only"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) storing.mutate(file);
            target.value = '';
          }}
        />
      </label>
      {storing.error && <ErrorState error={storing.error} />}
    </div>
  );
}
