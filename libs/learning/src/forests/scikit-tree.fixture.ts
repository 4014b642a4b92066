import { Forest } from './forest.js';

/** A tree of scikit-learn, whose children lie anywhere, in our order of nodes. */
export function fromScikit(
  tree: { feature: number[]; threshold: number[]; left: number[]; right: number[] },
  held: (node: number, depth: number) => number[],
): Forest {
  const [feature, threshold, child, leaves]: [number[], number[], number[], number[][]] = [[0], [0], [0], []];
  const waiting = [{ theirs: 0, ours: 0, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { theirs, ours, depth } = next;
    const isInner = tree.feature[theirs]! >= 0;
    feature[ours] = isInner ? tree.feature[theirs]! : -1;
    threshold[ours] = isInner ? roundedDown(tree.threshold[theirs]!) : 0;
    child[ours] = isInner ? feature.length : leaves.length;
    if (!isInner) leaves.push(held(theirs, depth));
    else {
      waiting.push({ theirs: tree.left[theirs]!, ours: feature.length, depth: depth + 1 });
      waiting.push({ theirs: tree.right[theirs]!, ours: feature.length + 1, depth: depth + 1 });
      for (const list of [feature, threshold, child]) list.push(0, 0);
    }
  }
  const nodes = [Int32Array.from(feature), Float32Array.from(threshold), Int32Array.from(child)] as const;
  return new Forest(...nodes, Float32Array.from(leaves.flat()), leaves[0]!.length);
}

/** The greatest f32 that is not above: the same f32 values are at most as great as it. */
function roundedDown(value: number): number {
  const rounded = Math.fround(value);
  if (rounded <= value) return rounded;
  const bits = new Int32Array(Float32Array.of(rounded).buffer);
  bits[0]! += rounded > 0 ? -1 : 1;
  return new Float32Array(bits.buffer)[0]!;
}
