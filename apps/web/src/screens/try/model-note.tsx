import { Info } from 'lucide-react';
import type { components } from '../../generated/openapi.js';
import { percent } from '../../ui/percent.js';

type ModelVersion = components['schemas']['ModelVersion'];

/** Which model this is, what it is for, and how well it did: before anybody believes it. */
export function ModelNote({ model: { classifier, version, card, metrics } }: { model: ModelVersion }) {
  const purpose = textOf(card['purpose']);
  const { accuracy, support, how } = metrics;
  return (
    <aside className="flex gap-3 rounded-field bg-sunken p-4 text-note">
      <Info size={18} className="mt-0.5 shrink-0 text-muted" aria-hidden />
      <div className="space-y-1">
        <p>
          <strong>
            {classifier}, version {version}.
          </strong>{' '}
          {purpose}
        </p>
        {typeof accuracy === 'number' && typeof support === 'number' && (
          <p className="text-muted">
            Right in {percent(accuracy)} of {support} clips{typeof how === 'string' && `: ${how}`}.
          </p>
        )}
      </div>
    </aside>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
