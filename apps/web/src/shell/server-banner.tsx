import { CloudOff } from 'lucide-react';
import { useServer } from '../api/server.js';
import { useNow } from '../ui/use-now.js';

/** Says that the server is away, and since when; what is shown stays, and the page goes on by itself. */
export function ServerBanner() {
  const { is, heardAtMs } = useServer();
  const now = useNow(is !== 'there');
  if (is === 'there') return null;
  const seconds = Math.max(0, Math.round((now - heardAtMs) / 1_000));
  return (
    <div
      role="status"
      className="sticky top-0 z-20 flex items-center gap-3 border-b border-line bg-warn-soft px-4 py-2.5 text-note text-ink sm:px-8"
    >
      <CloudOff size={18} className="shrink-0 text-warn" aria-hidden />
      <p>
        <strong>{words[is]}</strong> What you see was last updated <span aria-hidden>{seconds} s ago</span>
        <span className="sr-only">a while ago</span>; this page goes on by itself when it is back.
      </p>
    </div>
  );
}

const words = {
  offline: 'This device is offline.',
  away: 'The server cannot be reached.',
  unready: 'The server is not ready: something that it needs does not answer.',
} as const;
