import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { answer, api, onRefusal } from '../api/client.js';
import { Failure } from '../api/failure.js';
import { forgetKey, keepKey, keyOf } from '../api/key.js';
import { queries } from '../api/queries.js';
import { Button } from '../ui/button.js';
import { Card } from '../ui/card.js';
import { ErrorState } from '../ui/error-state.js';
import { Field, Input } from '../ui/field.js';
import { Loading } from '../ui/loading.js';

const door = { queryKey: ['door'], queryFn: () => answer(api.GET('/api/v1/jobs', { params: { query: { limit: 1 } } })) };

/** Of a server that wants a key nothing is shown before there is one; of others nobody sees this. */
export function KeyGate({ children }: { children: ReactNode }) {
  const { isPending, error, refetch } = useQuery({ ...door, staleTime: Number.POSITIVE_INFINITY });
  const isShut = isRefusal(error);
  // A key that was taken may be refused later: another one is asked for then, once.
  useEffect(
    () => (isShut ? undefined : onRefusal(() => queries.getQueryState(door.queryKey)?.fetchStatus === 'idle' && void refetch())),
    [isShut, refetch],
  );
  if (isPending) return <Loading rows={8} />;
  return isShut ? <AskForKey /> : children;
}

function AskForKey() {
  const [key, setKey] = useState('');
  const [wasRefused, setRefused] = useState(keyOf() !== null);
  const [failure, setFailure] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    keepKey(key.trim());
    setRefused(false);
    setFailure(null);
    try {
      await answer(api.GET('/api/v1/jobs', { params: { query: { limit: 1 } } }));
      await queries.invalidateQueries();
    } catch (error) {
      forgetKey();
      if (isRefusal(error) && error.code === 'UNAUTHENTICATED') setRefused(true);
      else setFailure(error);
    }
  };
  return (
    <Card className="mx-auto mt-[10vh] max-w-md">
      <h1 className="text-title">This server wants a key</h1>
      <p className="mt-2 text-muted">It runs with EARSHOT_ACCESS=keys. The key stays in this tab, and is forgotten when you close it.</p>
      <form onSubmit={send} className="mt-6 space-y-4">
        <Field label="Key" error={wasRefused ? 'The server did not take this key.' : undefined}>
          {(field) => (
            <Input
              {...field}
              type="password"
              autoComplete="off"
              required
              pattern="\s*[!-~]+\s*"
              title="Letters, digits and signs without accents or spaces"
              value={key}
              onChange={({ target }) => setKey(target.value)}
            />
          )}
        </Field>
        {failure !== null && <ErrorState error={failure} />}
        <Button type="submit">Open</Button>
      </form>
    </Card>
  );
}

/** What the server says to a wrong key, or to none, and to the one after too many. */
function isRefusal(error: unknown): error is Failure {
  return error instanceof Failure && (error.code === 'UNAUTHENTICATED' || error.code === 'TOO_MANY_ATTEMPTS');
}
