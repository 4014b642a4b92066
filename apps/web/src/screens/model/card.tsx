import type { components } from '../../generated/openapi.js';
import { counted } from '../../ui/counted.js';

/** What a reader of a model has to know before its figures: what it is for, what it was trained on, where nobody has looked. */
export function Card({ model: { card, labels, recipe, profile } }: { model: components['schemas']['ModelVersion'] }) {
  const { purpose, title, trainedOn, notTestedOn, notReproducible } = card;
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <div className="space-y-4">
        {typeof purpose === 'string' && <p className="text-lead">{purpose}</p>}
        {typeof title === 'string' && <p className="text-lead">{title}</p>}
        <Facts title="Trained on" lines={trained(trainedOn)} />
        <p className="text-note text-muted">
          Recipe {recipe}, hears by {typeof profile === 'string' ? profile : 'a profile of its own'}
        </p>
      </div>
      <div className="space-y-4">
        <Facts title="Not tested on" lines={textsOf(notTestedOn)} />
        <Facts title="Not to be made again to the last bit" lines={textsOf([notReproducible])} />
        <Facts title={counted(labels.length, 'label')} lines={[labels.join(', ')]} />
      </div>
    </div>
  );
}

function Facts({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul className="space-y-1 text-muted">
        {lines.map((line) => (
          <li key={line} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

const uses: Readonly<Record<string, string>> = {
  training: 'clips trained it',
  validation: 'chose the epoch',
  test: 'were held out',
  lost: 'had been deleted',
  copies: 'were left out as copies of those held out',
};

/** Of a model that came with Earshot sentences; of one from a run the dataset, with how many clips did what. */
function trained(on: unknown): string[] {
  if (typeof on !== 'object' || on === null || Array.isArray(on)) return textsOf(on);
  const { dataset, version, counts, groups }: { dataset?: unknown; version?: unknown; counts?: unknown; groups?: unknown } = on;
  const parts = typeof counts === 'object' && counts !== null ? Object.entries(counts) : [];
  return [
    `${dataset}, version ${version}`,
    parts
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${uses[name] ?? name}`)
      .join(', '),
    Number(groups) > 0 ? counted(Number(groups), 'group') : 'no groups known',
  ];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string') : [];
}
