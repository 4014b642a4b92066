import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../ui/error-state.js';
import { Loading } from '../ui/loading.js';
import { Scroller } from '../ui/scroller.js';
import { nameOfItem, readItems } from './items.js';

const most = 1_000;

/** Why items failed: each reason once, with the names of its files. */
export function Failures({ jobId, failed }: { jobId: string; failed: number }) {
  const read = useQuery({
    queryKey: ['items', jobId, 'failures', failed],
    queryFn: async () => {
      const items = await readItems(jobId, 'failed', most);
      return items.flatMap((item) =>
        item.error === null ? [] : [{ name: nameOfItem(item), code: item.error.code, title: item.error.title, detail: item.error.detail }],
      );
    },
  });
  if (read.data === undefined)
    return read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Loading rows={2} />;
  return (
    <div className="space-y-4">
      {failed > read.data.length && (
        <p className="text-note text-muted">
          The first {read.data.length} of {failed} are shown; all of them are in the CSV.
        </p>
      )}
      <FailureList failures={read.data} />
    </div>
  );
}

export interface NamedFailure {
  name: string;
  /** Null where it is not the server that said so. */
  code: string | null;
  title: string;
  detail: string;
}

/** Failures by their reason, the most frequent first. */
export function FailureList({ failures }: { failures: readonly NamedFailure[] }) {
  const reasons = Map.groupBy(failures, ({ code, title }) => code ?? title);
  return [...reasons]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, ofReason]) => (
      <section key={reason} aria-label={ofReason[0]?.title}>
        <p className="font-medium">
          {ofReason[0]?.title} <span className="text-muted tabular-nums">· {ofReason.length}</span>
        </p>
        {ofReason[0]?.code && (
          <p className="mb-2 text-note">
            <a href={`/docs/errors#${reason}`} className="font-medium underline underline-offset-4">
              What to do about <span className="font-mono">{reason}</span>
            </a>
          </p>
        )}
        <Scroller label={`Files that failed: ${reason}`} className="max-h-60">
          <ul className="divide-y divide-line">
            {ofReason.map(({ name, detail }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same file may have failed twice
              <li key={place} className="px-4 py-2 text-note wrap-anywhere">
                <span className="font-medium">{name}</span> <span className="text-muted">{withoutName(detail, name)}</span>
              </li>
            ))}
          </ul>
        </Scroller>
      </section>
    ));
}

/** The server begins with the name of the file, which stands before it already; of a file in a folder that is the end of the name. */
function withoutName(detail: string, name: string): string {
  const [filename] = name.split('/').slice(-1);
  const start = `${filename}: `;
  return detail.startsWith(start) ? detail.slice(start.length) : detail;
}
