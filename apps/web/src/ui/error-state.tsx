import { CircleAlert } from 'lucide-react';
import { failureOf } from '../api/failure.js';
import { Button } from './button.js';

/** What went wrong, why, what it is called, where that is explained, and what can be done. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, message, code, help, requestId, faults } = failureOf(error);
  return (
    <div role="alert" className="rounded-card border border-bad/40 bg-bad-soft p-5 sm:p-6">
      <div className="flex gap-4">
        <CircleAlert className="mt-0.5 shrink-0 text-bad" aria-hidden />
        <div className="min-w-0 space-y-2">
          <h2 className="text-lead">{title}</h2>
          <p className="wrap-anywhere">{message}</p>
          {faults.length > 0 && (
            <ul className="list-disc pl-5">
              {faults.map(({ pointer, detail }) => (
                <li key={`${pointer} ${detail}`}>
                  <code className="font-mono text-note">{pointer}</code> {detail}
                </li>
              ))}
            </ul>
          )}
          {code !== null && (
            <p className="text-note">
              <a href={help ?? `/docs/errors#${code}`} className="font-medium underline underline-offset-4">
                What to do about <span className="font-mono">{code}</span>
              </a>
              {requestId !== null && <span className="wrap-anywhere text-muted"> · request {requestId}</span>}
            </p>
          )}
          {onRetry !== undefined && (
            <Button look="plain" className="mt-2" onClick={onRetry}>
              Try again
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
