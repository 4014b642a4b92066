import { KeyRound, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { forgetKey, keyOf } from '../../api/key.js';
import { queries } from '../../api/queries.js';
import type { Status } from '../../api/status.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';

/** Who may use the server, and whether this tab holds a key. */
export function Access({ access }: { access: Status['access'] }) {
  const [hasKey, setHasKey] = useState(keyOf() !== null);
  const forget = () => {
    forgetKey();
    setHasKey(false);
    void queries.resetQueries();
  };
  return (
    <div className="space-y-4">
      {access === 'open' ? (
        <>
          <Badge tone="plain" icon={LockOpen}>
            open on this machine
          </Badge>
          <p>Whoever sits at this machine may do everything; other machines and pages from elsewhere are refused.</p>
          <p className="text-note text-muted">
            With <code className="font-mono">EARSHOT_ACCESS=keys</code> and <code className="font-mono">EARSHOT_ADMIN_KEY</code> the server
            wants a key, and may be reached from elsewhere.
          </p>
        </>
      ) : (
        <>
          <Badge tone="good" icon={KeyRound}>
            with a key
          </Badge>
          <p>Whoever has the key may do everything. This tab {hasKey ? 'holds it, and forgets it when it is closed.' : 'holds none.'}</p>
          {hasKey && (
            <Button look="plain" onClick={forget}>
              Forget the key
            </Button>
          )}
        </>
      )}
      <p className="border-t border-line pt-4 text-note text-muted">There is one key for all.</p>
    </div>
  );
}
