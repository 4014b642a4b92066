import type { Evidence } from '../evidence.js';
import { type Finding, violationOf } from '../finding.js';

const openStates = new Set(['queued', 'running']);

/** What was answered as ended stays so, and gets no result any more; what passed its deadline has expired. */
export function endsAreFinal({ history, rows }: Evidence): Finding {
  const jobOf = new Map(rows.jobs.map((job) => [job.id, job]));
  const resultsOf = new Map<string, number>();
  for (const { jobId, state } of rows.items) if (state === 'succeeded') resultsOf.set(jobId, (resultsOf.get(jobId) ?? 0) + 1);
  const broken = history.ends.filter(
    ({ jobId, state, results }) => jobOf.get(jobId)?.state !== state || (resultsOf.get(jobId) ?? 0) !== results,
  );
  const notExpired = history.late.filter((jobId) => jobOf.get(jobId)?.state !== 'expired');
  return {
    figures: { endedEarly: history.ends.length, cancelsTooLate: history.cancelsTooLate, expired: history.late.length - notExpired.length },
    violations: [
      ...violationOf('jobs are not as they were when their end was answered', broken),
      ...violationOf('jobs passed their deadline and have not expired', notExpired),
    ],
  };
}

/** A job that has ended does not change again, and nothing of it is left to do. */
export function endedJobsStandStill({ history, rows }: Evidence): Finding {
  const changed = [...history.endedJobs]
    .filter(([id, content]) => rows.ended.get(id) !== content)
    .map(([id, was]) => ({ id, was, is: rows.ended.get(id) }));
  const ended = new Set(rows.jobs.filter(({ state }) => !openStates.has(state)).map(({ id }) => id));
  const alive = rows.tasks.filter(({ jobId, state }) => ended.has(jobId) && openStates.has(state));
  const odd = rows.jobs.filter(({ state, finishedAtMs }) => openStates.has(state) !== (finishedAtMs === null));
  return {
    figures: { endedJobsWatched: history.endedJobs.size },
    violations: [
      ...violationOf('jobs changed after they had ended', changed),
      ...violationOf('tasks wait or run whose jobs have ended', alive),
      ...violationOf('jobs are open and have an end, or have ended without one', odd),
    ],
  };
}

/** Counters and events tell the same story as the items. */
export function booksAgree({ rows }: Evidence): Finding {
  const itemsOf = Map.groupBy(rows.items, ({ jobId }) => jobId);
  const eventsOf = Map.groupBy(rows.events, ({ jobId }) => jobId);
  const unequal = rows.jobs.filter(({ id, total, succeeded, failed }) => {
    const items = itemsOf.get(id) ?? [];
    const inState = (wanted: string) => items.filter(({ state }) => state === wanted).length;
    return items.length !== total || inState('succeeded') !== succeeded || inState('failed') !== failed;
  });
  const gaps = rows.jobs.filter(({ id, events }) => {
    const numbers = (eventsOf.get(id) ?? []).map(({ number }) => number).sort((a, b) => a - b);
    return numbers.length !== events || numbers.some((number, i) => number !== i + 1);
  });
  return {
    figures: { jobs: rows.jobs.length },
    violations: [
      ...violationOf('jobs count other items than they have', unequal),
      ...violationOf('jobs have gaps in the numbers of their events', gaps),
    ],
  };
}

/** Whoever follows a job is told each of its events once and in order, over any number of connections; all of them once it has ended. */
export function followersHearAll({ history, rows }: Evidence): Finding {
  const eventsOf = Map.groupBy(rows.events, ({ jobId }) => jobId);
  const open = new Set(rows.jobs.filter(({ state }) => openStates.has(state)).map(({ id }) => id));
  const wrong = history.followed.filter(({ jobId, events }) => {
    const there = (eventsOf.get(jobId) ?? []).toSorted((a, b) => a.number - b.number);
    const heard = open.has(jobId) ? there.slice(0, events.length) : there;
    return heard.length !== events.length || heard.some(({ number, type }, i) => events[i]?.number !== number || events[i]?.type !== type);
  });
  const connections = history.followed.reduce((sum, followed) => sum + followed.connections, 0);
  return {
    figures: { followed: history.followed.length, reconnections: connections - history.followed.length },
    violations: violationOf(
      'followers were told other events than there are',
      wrong.map(({ jobId, events }) => ({ jobId, told: events.map(({ number }) => number), there: eventsOf.get(jobId)?.length })),
    ),
  };
}

/** Everything has ended in time, services only when they were told to, and nothing outlives them. */
export function everythingEnds({ stuck, unexpectedEnds, outliving, history }: Evidence): Finding {
  return {
    figures: { unfinished: stuck.length },
    violations: [
      ...violationOf('jobs had not ended in time', stuck),
      ...violationOf('services ended by themselves, or not when they were told to', unexpectedEnds),
      ...violationOf('processes outlived their service', outliving),
      ...violationOf('answers were neither what was asked for nor a reason to try again', history.oddAnswers),
    ],
  };
}
