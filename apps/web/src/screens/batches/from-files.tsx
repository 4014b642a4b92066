import { FolderOpen, Upload } from 'lucide-react';
import { useId } from 'react';
import { bytes } from '../../sound/numbers.js';
import type { NamedFile } from '../../sound/store-files.js';
import { Button } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { look } from '../../ui/look.js';
import { Scroller } from '../../ui/scroller.js';
import type { Clips } from './batch.js';
import { useFilesDrop } from './use-files-drop.js';

const number = new Intl.NumberFormat('en');
const listed = 200;

/** Files and whole folders, chosen or dropped. */
export function FromFiles({ clips, onClips }: { clips: Clips | null; onClips: (clips: Clips | null) => void }) {
  const id = useId();
  const files = clips !== null && 'files' in clips ? clips.files : [];
  const take = (more: readonly NamedFile[]) => more.length > 0 && onClips({ files: [...files, ...more] });
  const isOver = useFilesDrop(take);
  const choose = (list: FileList | null) => take([...(list ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })));
  return (
    <div>
      <div
        className={look(
          'flex min-h-40 flex-col items-center justify-center gap-3 rounded-card border-2 border-dashed border-edge/60 p-5 text-center transition-colors',
          isOver && 'border-accent bg-accent-soft',
        )}
      >
        <p className="font-semibold">{isOver ? 'Let them go' : 'Drop files or folders anywhere on this page'}</p>
        <div className="flex flex-wrap justify-center gap-3">
          <Chooser id={`${id}files`} label="Choose files" icon={Upload} onFiles={choose} />
          <Chooser id={`${id}folder`} label="Choose a folder" icon={FolderOpen} onFiles={choose} isFolder />
        </div>
      </div>
      {files.length > 0 && (
        <div className="mt-5">
          <div className="mb-2 flex items-center justify-between gap-4">
            <p className="font-medium tabular-nums">
              {counted(files.length, 'file')}, {bytes(files.reduce((sum, { file }) => sum + file.size, 0))}
            </p>
            <Button look="quiet" size="small" onClick={() => onClips(null)}>
              Take them away
            </Button>
          </div>
          <Scroller label="Chosen files" className="max-h-56">
            <ul className="divide-y divide-line">
              {files.slice(0, listed).map(({ name, file }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and they stay in their order
                <li key={place} className="flex items-baseline justify-between gap-4 px-4 py-2 text-note">
                  <span className="wrap-anywhere">{name}</span>
                  <span className="shrink-0 text-muted tabular-nums">{bytes(file.size)}</span>
                </li>
              ))}
            </ul>
          </Scroller>
          {files.length > listed && <p className="mt-2 text-note text-muted">and {number.format(files.length - listed)} more</p>}
        </div>
      )}
    </div>
  );
}

function Chooser({
  id,
  label,
  icon: Icon,
  isFolder = false,
  onFiles,
}: {
  id: string;
  label: string;
  icon: typeof Upload;
  isFolder?: boolean;
  onFiles: (list: FileList | null) => void;
}) {
  return (
    <label
      htmlFor={id}
      className="inline-flex min-h-11 items-center gap-2 rounded-field border border-line bg-surface px-4 font-semibold shadow-card transition-colors hover:bg-sunken focus-within:outline-2 focus-within:outline-accent lg:min-h-10"
    >
      <Icon size={18} aria-hidden />
      {label}
      <input
        id={id}
        type="file"
        multiple
        className="sr-only"
        {...(isFolder ? { webkitdirectory: '' } : {})}
        onChange={({ target }) => {
          onFiles(target.files);
          target.value = '';
        }}
      />
    </label>
  );
}
