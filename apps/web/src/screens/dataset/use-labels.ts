import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { readAgain } from './read-again.js';

type Entry = components['schemas']['DatasetEntry'];
type Said = Required<Pick<Entry, 'clipId' | 'label' | 'group'>>;

/** What stood of a clip, and what is to stand there. */
interface Change {
  before: Said;
  after: Said;
}

/** Says what clips are, one after the other in the order in which it was said. What the server did not take is kept, to be said again. */
export function useLabels(dataset: string) {
  const [done, setDone] = useState<readonly Change[]>([]);
  const [refused, setRefused] = useState<readonly { change: Change; error: Error }[]>([]);
  /** What was said and is not read again yet. */
  const standing = useRef(new Map<string, Said>());
  const forget = ({ after }: Change) => {
    if (standing.current.get(after.clipId) === after) standing.current.delete(after.clipId);
  };
  const others = (clipId: string) => (all: typeof refused) => all.filter(({ change }) => change.after.clipId !== clipId);
  const saying = useMutation({
    scope: { id: `labels of ${dataset}` },
    mutationFn: ({ after }: Change) =>
      answer(api.PATCH('/api/v1/datasets/{name}/clips', { params: { path: { name: dataset } }, body: { entries: [after] } })),
    onError: (error, change) => {
      setDone((all) => all.filter((other) => other !== change));
      setRefused((all) => [...others(change.after.clipId)(all), { change, error }]);
    },
    onSettled: (_data, _error, change) => void readAgain(dataset).then(() => forget(change)),
  });
  const send = (change: Change) => {
    standing.current.set(change.after.clipId, change.after);
    setRefused(others(change.after.clipId));
    saying.mutate(change);
  };
  const make = (change: Change) => {
    setDone((all) => [...all, change]);
    send(change);
  };
  return {
    refused,
    canUndo: done.length > 0,
    say: ({ clipId, label, group }: Said, change: Partial<Omit<Said, 'clipId'>>) => {
      const before = standing.current.get(clipId) ?? { clipId, label, group };
      make({ before, after: { ...before, ...change } });
    },
    sayAgain: () => {
      for (const { change } of refused) make(change);
    },
    /** Takes the last change back; the clip that it was about. */
    undo: (): string | undefined => {
      const last = done.at(-1);
      if (last === undefined) return undefined;
      setDone(done.slice(0, -1));
      send({ before: last.after, after: last.before });
      return last.after.clipId;
    },
  };
}
