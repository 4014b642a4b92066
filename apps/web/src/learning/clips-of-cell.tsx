import { ClipLink } from '../sound/clip-link.js';
import { PlayButton } from '../sound/play-button.js';
import { percent } from '../ui/percent.js';
import type { Cell } from './confusion-matrix.js';
import type { HeldOutClip } from './held-out.js';

/** So many are listed. */
const most = 30;

/** The held-out clips of one cell of a confusion matrix, to hear. */
export function ClipsOfCell({ cell: { truth, predicted }, clips }: { cell: Cell; clips: readonly HeldOutClip[] }) {
  const found = clips.filter((clip) => clip.truth === truth && clip.scores[0]?.label === predicted);
  return (
    <div aria-live="polite">
      <h3 className="font-semibold">
        {truth === predicted ? `${truth}, rightly heard` : `${truth}, heard as ${predicted}`}: {found.length}
        {found.length > most && `, the first ${most}`}
      </h3>
      {found.length === 0 && (
        <p className="text-muted">These clips have been deleted since, or are beyond the first that were asked for.</p>
      )}
      <ul className="divide-y divide-line">
        {found.slice(0, most).map(({ clipId, filename, group, scores }) => (
          <li key={clipId} className="flex items-center gap-3 py-2">
            <PlayButton clipId={clipId} name={filename} />
            <ClipLink clipId={clipId} filename={filename} />
            {group !== null && <span className="text-note text-muted">{group}</span>}
            <span className="text-note tabular-nums">{percent(scores[0]?.score ?? 0)} sure</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
