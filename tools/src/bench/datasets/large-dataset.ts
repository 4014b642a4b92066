import { clipIdOf } from '../scale/fill.js';

const labels = 50;
const groups = 5_000;
/** Of what is put in, this many are relabelled before it is frozen again. */
const relabelled = 1_000;
const linesPerPiece = 5_000;

/** Everything that is done with a dataset, over these many clips that are stored: what each step told, and its seconds. */
export async function* useDataset(datasets: string, clips: number): AsyncGenerator<object> {
  await ask('POST', datasets, { type: 'application/json', body: JSON.stringify({ name: 'large' }) });
  const at = `${datasets}/large`;
  const put = () => ask('POST', `${at}/clips`, { type: 'application/jsonl', body: new Blob([...linesOf(clips)]) });
  const freeze = () => ask('POST', `${at}/versions`).then(({ number, hash, clips }) => ({ number, hash, clips }));
  const relabel = () => {
    const entries = Array.from({ length: relabelled }, (_, n) => ({ ...entryOf(n), label: 'renamed' }));
    return ask('PATCH', `${at}/clips`, { type: 'application/json', body: JSON.stringify({ entries }) });
  };
  yield step('put', put);
  yield step('put again', put);
  yield step('freeze', freeze);
  yield step('freeze unchanged', freeze);
  yield step('page', () => sizeOf(`${at}/versions/1/clips?limit=1000`));
  yield step('split', () =>
    ask('GET', `${at}/versions/1/split`).then(({ random, grouped }) => ({ random: sizes(random), grouped: sizes(grouped) })),
  );
  for (const form of ['jsonl', 'csv', 'label-studio']) yield step(`export ${form}`, () => sizeOf(`${at}/versions/1/export?as=${form}`));
  yield step('relabel', relabel);
  yield step('freeze changed', freeze);
  yield step('delete', () => ask('DELETE', `${at}?force=true`));
}

async function step(name: string, work: () => Promise<object>): Promise<object> {
  const startMs = performance.now();
  const told = await work();
  return { part: name, seconds: (performance.now() - startMs) / 1_000, ...told };
}

function entryOf(n: number) {
  return { clipId: clipIdOf(n), label: `label ${n % labels}`, group: `group ${n % groups}` };
}

function* linesOf(clips: number): Generator<string> {
  for (let from = 0; from < clips; from += linesPerPiece) {
    const numbers = Array.from({ length: Math.min(linesPerPiece, clips - from) }, (_, n) => from + n);
    yield numbers.map((n) => `${JSON.stringify(entryOf(n))}\n`).join('');
  }
}

/** The answer's document; what has none is empty. */
async function ask(method: string, url: string, sent?: { type: string; body: string | Blob }): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    ...(sent && { headers: { 'Content-Type': sent.type }, body: sent.body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? {} : Object(JSON.parse(text));
}

async function sizeOf(url: string): Promise<{ bytes: number }> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`GET ${url}: ${response.status}`);
  let bytes = 0;
  for await (const piece of response.body) bytes += piece.length;
  return { bytes };
}

function sizes(split: unknown): unknown {
  const { training, test, groupsOnBothSides } = Object(split);
  return { training: training?.clips, test: test?.clips, groupsOnBothSides };
}
