import type { Evidence } from './evidence.js';
import type { Finding } from './finding.js';
import { littleIsRepeated, onlyPoisonIsGivenUp, resultsAreFounded, retriesBringTheRest, stagesFollowEachOther } from './rules/drills.js';
import { booksAgree, endedJobsStandStill, endsAreFinal, everythingEnds, followersHearAll } from './rules/ends.js';
import { indexesEqualTheRows, libraryIsAsTold, searchesFindWhatIsThere } from './rules/library.js';
import { longWorkIsDoneOnce } from './rules/long-jobs.js';
import { clipsAreKept, nothingIsDoubled, nothingIsLost } from './rules/work.js';

export type Rule = (evidence: Evidence) => Finding;

export const rules: readonly Rule[] = [
  nothingIsLost,
  nothingIsDoubled,
  clipsAreKept,
  resultsAreFounded,
  retriesBringTheRest,
  stagesFollowEachOther,
  onlyPoisonIsGivenUp,
  littleIsRepeated,
  longWorkIsDoneOnce,
  libraryIsAsTold,
  indexesEqualTheRows,
  searchesFindWhatIsThere,
  endsAreFinal,
  endedJobsStandStill,
  booksAgree,
  followersHearAll,
  everythingEnds,
];

/** How often something was done, and how often it has to be: a run in which it was not has shown nothing. */
export interface Tally {
  times: number;
  atLeast: number;
}

/** `void`: nothing is broken, and not enough was tried to say that it holds. */
export type VerdictName = 'ok' | 'broken' | 'void';

export interface Verdict {
  verdict: VerdictName;
  violations: string[];
  /** What was not done often enough. */
  missing: string[];
  figures: Record<string, number>;
}

/** Holds what came out against what was promised. */
export function judge(evidence: Evidence, tallies: Record<string, Tally>): Verdict {
  const findings = rules.map((rule) => rule(evidence));
  const violations = findings.flatMap((finding) => finding.violations);
  const missing = Object.entries(tallies)
    .filter(([, { times, atLeast }]) => times < atLeast)
    .map(([deed, { times, atLeast }]) => `${deed}: ${times} of at least ${atLeast}`);
  return {
    verdict: violations.length > 0 ? 'broken' : missing.length > 0 ? 'void' : 'ok',
    violations,
    missing,
    figures: Object.assign({}, ...findings.map(({ figures }) => figures)),
  };
}
