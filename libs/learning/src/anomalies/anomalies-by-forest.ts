import { IsolationForest } from '../forests/isolation-forest.js';
import { type Steps, stretch } from '../steps.js';
import { type AnomalySettings, checkVectors, drawn } from './find-anomalies.js';
import { neighboursAmong } from './neighbours-among.js';
import { type Anomaly, type GroupedVectors, orderOf, ranked, robustlyScaled } from './ranking.js';

const rowsAtOnce = 500;

/** Ranks a collection by how soon random cuts set each apart. What makes one unusual is by its nearest neighbours here too. */
export function* anomaliesByForest(collection: GroupedVectors, settings: AnomalySettings): Steps<Anomaly[]> {
  const { vectors } = collection;
  const { explained, neighbours = 10, references = 20_000, seed } = settings;
  checkVectors(collection);
  const forest = IsolationForest.fit(vectors, { seed });
  const score = new Float64Array(vectors.rows);
  for (let from = 0; from < vectors.rows; from += rowsAtOnce) {
    const rows = Array.from({ length: Math.min(rowsAtOnce, vectors.rows - from) }, (_, i) => vectors.row(from + i));
    score.set(forest.score(rows), from);
    yield (0.5 * (from + rows.length)) / vectors.rows;
  }
  const everyone = Int32Array.from({ length: vectors.rows }, (_, row) => row);
  const scored = { score, isOfGroup: new Uint8Array(vectors.rows), faults: Array.from(everyone, () => []) };
  const order = orderOf(scored);
  const scaled = robustlyScaled(vectors);
  const first = order.slice(0, explained);
  const nearest = yield* stretch(neighboursAmong(scaled, first, drawn(everyone, references, seed), neighbours), 0.5, 0.9);
  const likes = new Map(nearest.map((of, i) => [first[i]!, Int32Array.from(of, (near) => near.row)]));
  return yield* stretch(ranked(collection, order, scored, { count: explained, scaled, likesOf: (row) => likes.get(row)! }), 0.9, 1);
}
