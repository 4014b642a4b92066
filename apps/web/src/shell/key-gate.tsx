import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { answer, api } from '../api/client.js';
import { Failure } from '../api/failure.js';
import { forgetKey, keepKey, keyOf } from '../api/key.js';
import { queries } from '../api/queries.js';
import { Button } from '../ui/button.js';
import { Card } from '../ui/card.js';
import { Field, Input } from '../ui/field.js';

/** Of a server that wants a key nothing is shown before there is one; of others nobody sees this. */
export function KeyGate({ children }: { children: ReactNode }) {
  const door = useQuery({
    queryKey: ['door'],
    queryFn: () => answer(api.GET('/api/v1/jobs', { params: { query: { limit: 1 } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isLocked = door.error instanceof Failure && door.error.code === 'UNAUTHENTICATED';
  return isLocked ? <AskForKey /> : children;
}

function AskForKey() {
  const [key, setKey] = useState('');
  const [isRefused, setRefused] = useState(keyOf() !== null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    keepKey(key.trim());
    setRefused(false);
    await queries.invalidateQueries();
    const { error } = queries.getQueryState(['door']) ?? {};
    if (error instanceof Failure) {
      forgetKey();
      setRefused(true);
    }
  };
  return (
    <Card className="mx-auto mt-[10vh] max-w-md">
      <h1 className="text-title">This server wants a key</h1>
      <p className="mt-2 text-muted">It runs with EARSHOT_ACCESS=keys. The key stays in this tab, and is forgotten when you close it.</p>
      <form onSubmit={send} className="mt-6 space-y-4">
        <Field label="Key" error={isRefused ? 'The server did not take this key.' : undefined}>
          {(field) => (
            <Input {...field} type="password" autoComplete="off" required value={key} onChange={({ target }) => setKey(target.value)} />
          )}
        </Field>
        <Button type="submit">Open</Button>
      </form>
    </Card>
  );
}
