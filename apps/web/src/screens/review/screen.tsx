import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import { useKey } from '../../keys/keys.js';
import { Button, buttonLook } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { type Decision, useDecisions } from './decisions.js';
import { labelledIn } from './freeze.js';
import { Freeze } from './freeze-form.js';
import { Judgement } from './judgement.js';
import { Queue } from './queue.js';
import { type Result, readResults } from './results.js';
import { route, type Shown, useShow } from './route.js';

/** Results by how unsure they are, for a person to confirm or correct; what is said becomes a version of a dataset. */
export function Screen() {
  const { job } = route.useSearch();
  const read = useQuery({ queryKey: ['review', 'results', job], queryFn: () => readResults(job), refetchOnWindowFocus: false });
  return (
    <>
      <PageTitle title="Review">
        The least sure answers first. Confirm or correct them; what you say becomes a version of a dataset.
      </PageTitle>
      {read.data === undefined &&
        (read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Loading rows={8} />)}
      {read.data?.results.length === 0 && (
        <EmptyState icon={BadgeCheck} text="Answers of classifiers to look at belong here, as soon as there are some.">
          <Link to="/" className={buttonLook()}>
            Try a sound
          </Link>
        </EmptyState>
      )}
      {read.data && read.data.results.length > 0 && <OfClassifier results={read.data.results} isPart={read.data.isPart} />}
    </>
  );
}

function OfClassifier({ results, isPart }: { results: readonly Result[]; isPart: boolean }) {
  const search = route.useSearch();
  const show = useShow();
  const names = [...new Set(results.map(({ prediction }) => prediction.model.classifier))].toSorted();
  const classifier = names.find((name) => name === search.classifier) ?? names[0] ?? '';
  const dataset = search.dataset ?? `${classifier}-reviewed`;
  const known = useQuery({
    queryKey: ['review', 'labelled', dataset],
    queryFn: () => labelledIn(dataset),
    placeholderData: keepPreviousData,
  });
  const ofIt = results.filter(({ prediction }) => prediction.model.classifier === classifier);
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-end gap-4">
        <Field label="Answers of" className="min-w-40">
          {(field) => (
            <Select {...field} value={classifier} onChange={({ target }) => show({ classifier: target.value, dataset: undefined })}>
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          )}
        </Field>
        <p className="flex min-h-11 flex-wrap items-center gap-x-3 text-note text-muted">
          {search.job === undefined ? 'Of the newest predictions' : `Of the job ${search.job}`}
          {isPart && ', and there are more than are looked through here'}
          {search.job !== undefined && (
            <Link
              from={route.fullPath}
              search={(before: Shown) => ({ ...before, job: undefined })}
              className="underline underline-offset-2"
            >
              Of all the newest
            </Link>
          )}
        </p>
      </div>
      {known.error && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
      {known.isPending && <Loading rows={8} />}
      {known.data && <Desk key={classifier} classifier={classifier} dataset={dataset} labelled={known.data} all={ofIt} />}
    </div>
  );
}

interface DeskProps {
  classifier: string;
  dataset: string;
  /** The clips that the dataset has with a label. */
  labelled: ReadonlySet<string>;
  all: readonly Result[];
}

function Desk({ classifier, dataset, labelled, all }: DeskProps) {
  const decisions = useDecisions();
  const said = new Map(decisions.all.filter((one) => one.classifier === classifier).map((one) => [one.clipId, one]));
  // What is said is shown until it is in a version, though the dataset may have a label by then, be it the same.
  const results = all.filter(({ clipId }) => !labelled.has(clipId) || said.has(clipId));
  const mine = results.flatMap(({ clipId }) => said.get(clipId) ?? []);
  const [at, setAt] = useState(() => results.find(({ clipId }) => !said.has(clipId))?.clipId);
  const current = results.find(({ clipId }) => clipId === at) ?? results.find(({ clipId }) => !said.has(clipId));
  const place = current ? results.indexOf(current) : -1;
  const go = (steps: number) => setAt(results[Math.max(0, Math.min(results.length - 1, place + steps))]?.clipId);
  const decide = (decision: Decision) => {
    decisions.decide(decision);
    const open = ({ clipId }: Result) => clipId !== decision.clipId && !said.has(clipId);
    setAt((results.slice(place + 1).find(open) ?? results.find(open))?.clipId);
  };
  const undo = () => {
    const last = decisions.undo(mine);
    if (last) setAt(last.clipId);
  };
  useKey('j', 'The next result', () => go(1));
  useKey('k', 'The result before', () => go(-1));
  useKey('z', 'Take the last answer back', undo, mine.length > 0);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0 space-y-6">
        {current ? (
          <Judgement key={current.clipId} result={current} said={said.get(current.clipId)?.label} onDecide={decide} onNext={() => go(1)} />
        ) : (
          <EmptyState
            icon={BadgeCheck}
            text={mine.length > 0 ? 'All of them have your answer: make a version of them.' : 'All of these are in the dataset already.'}
          />
        )}
      </div>
      <div className="min-w-0 space-y-6">
        <Freeze dataset={dataset} decisions={mine} onFrozen={decisions.forget}>
          {!decisions.isKept && mine.length > 0 && (
            <p role="status" className="rounded-field bg-warn-soft p-3 text-note">
              This browser keeps nothing for this page: make the version before you close it.
            </p>
          )}
          <ProgressCount done={mine.length} total={results.length} noun="looked at" />
          <Button look="quiet" size="small" keyHint="z" disabled={mine.length === 0} onClick={undo}>
            Take the last back
          </Button>
        </Freeze>
        <Queue results={results} said={said} at={current?.clipId} onOpen={setAt} />
      </div>
    </div>
  );
}
