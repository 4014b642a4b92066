import { type Fold, folded } from './long.jobs.js';

/** What the fit over so many items has to come to. */
export function expectedFold(items: number): Fold {
  let fold: Fold = { items: 0, fold: 0 };
  for (let index = 0; index < items; index++) fold = folded(fold, index);
  return fold;
}
