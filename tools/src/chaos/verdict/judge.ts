import type { DrillLine } from '../drill/drill-log.js';
import type { AskedDrill, DrillOffice } from '../drill/drill-office.js';
import type { History } from '../load/history.js';
import type { Stack } from '../stack/stack.js';
import { checkQuarantine, checkResults, checkStages } from './check-drills.js';
import { checkBooks, checkCancels, checkExpired } from './check-ended.js';
import { checkExecutions } from './check-executions.js';
import { checkUploads } from './check-uploads.js';
import { violationOf } from './finding.js';

export interface Evidence {
  stack: Stack;
  office: DrillOffice;
  history: History;
  drills: { staged: AskedDrill; poison: AskedDrill[]; expiring: AskedDrill };
  log: DrillLine[];
  /** Jobs that had not ended when the time after calm was over. */
  unfinished: unknown[];
}

export interface Verdict {
  figures: Record<string, number>;
  /** What was logged at level `warn` and above, and how often. */
  complaints: Record<string, number>;
  verdict: 'ok' | 'broken';
  violations: string[];
}

/** Holds what came out against what was promised. */
export async function judge({ stack, office, history, drills, log, unfinished }: Evidence): Promise<Verdict> {
  const { database } = office;
  const findings = [
    await checkUploads(stack.url, database, history),
    await checkResults(database, [drills.staged, ...drills.poison], log),
    await checkStages(database, drills.staged, log),
    await checkQuarantine(database, drills.poison),
    await checkCancels(database, history),
    await checkExpired(database, drills.expiring),
    await checkExecutions(database, drills.staged, log),
    await checkBooks(database),
  ];
  const violations = [
    ...findings.flatMap((finding) => finding.violations),
    ...violationOf('jobs had not ended in time', unfinished),
    ...violationOf('services ended by themselves', stack.unexpectedEnds),
    ...violationOf('answers were neither an acceptance nor a reason to try again', history.oddAnswers),
  ];
  const failedStarts = stack.services.reduce((sum, service) => sum + service.failedStarts, 0);
  const figures = { ...Object.assign({}, ...findings.map((finding) => finding.figures)), unfinished: unfinished.length, failedStarts };
  return { figures, complaints: stack.complaints, verdict: violations.length === 0 ? 'ok' : 'broken', violations };
}
