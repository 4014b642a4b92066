import { flacBomb } from '../hostile/flac-bomb.js';
import { callers } from './overload-stack.js';
import { formOf, jsonOf, post, waited } from './sender.js';

interface Refusal {
  what: string;
  status: number;
  code: string;
}

const electro = { version: 1, channels: 'mean', resampler: 'soxr-hq', seconds: null, silence: null } as const;
const frames = { fftSize: 2048, hopSamples: 512, window: 'hann', padding: 'zeros' } as const;
const mel = { bands: 128, minHz: 0, maxHz: 2_000, scale: 'slaney', topDb: 80 } as const;
const centroid = { feature: 'spectral-centroid' } as const;

/** Frames of a bomb of 3.2 MB: four hours of silence, which decode to 2.5 GB. */
const bombFrames = 9_690;

/** What is known to cost too much before anything is computed: refused at once. */
export async function refusedAtOnce(url: string): Promise<Refusal[]> {
  const columns = Array.from({ length: 256 }, (_, n) => ({ name: `c${n}`, of: centroid, take: 'mean' }));
  const dear = {
    ...electro,
    name: 'dear',
    sampleRate: 192_000,
    frames: { ...frames, fftSize: 16_384, hopSamples: 4 },
    mel,
    output: { kind: 'vector', columns },
  };
  const profiles = Array.from({ length: 8 }, (_, n) => ({ ...dear, name: `wide-${n}`, frames, sampleRate: 164_000 + 4_000 * n }));
  const ask = async (what: string, path: string, body: unknown): Promise<Refusal> => {
    const { status, body: answer } = await post(url, path, callers.greedy, jsonOf(body));
    const { code }: { code: string } = JSON.parse(answer);
    return { what, status, code };
  };
  const clipIds = ['0199a3f0-5c1e-7d2a-b1c4-5f0e9d8c7b6a'];
  return [
    await ask('windows of 16,384 every 4 samples, 256 columns', '/api/v1/features/clips', { clipIds, profiles: [dear] }),
    await ask('eight profiles at 164 to 192 kHz', '/api/v1/features/clips', { clipIds, profiles }),
    await ask('the priority high', '/api/v1/features/clips?priority=high', { clipIds }),
  ];
}

/** Eight files of hours of silence, by every profile that may be had, and once more: what became of the items, by code. */
export async function askHostile(url: string): Promise<{ what: string; seconds: number; codes: Record<string, number> }[]> {
  const files = Array.from({ length: 8 }, (_, n) => flacBomb(bombFrames + n));
  const once = async (what: string) => {
    const startMs = performance.now();
    const query = 'profiles=talent-37@1,electro-45@1,logmel-128@1,mfcc-49x40@1,speech-40@1,sound-97@1';
    const { body } = await post(url, `/api/v1/features?${query}`, callers.greedy, waited(formOf(files)));
    const codes = await codesOf(url, JSON.parse(body));
    return { what, seconds: Math.round((performance.now() - startMs) / 100) / 10, codes };
  };
  return [await once('the first time'), await once('again')];
}

interface Told {
  id?: string;
  code?: string;
}

/** Of a job that may not have been waited for long enough. */
async function codesOf(url: string, told: Told): Promise<Record<string, number>> {
  return told.id === undefined ? { [told.code ?? 'none']: 1 } : codesOfJob(url, told.id);
}

async function codesOfJob(url: string, id: string): Promise<Record<string, number>> {
  const read = async (path: string) => (await fetch(new URL(path, url), { headers: { 'x-api-key': callers.greedy.key } })).json();
  for (;;) {
    const { state }: { state: string } = await read(`/api/v1/jobs/${id}`);
    if (state !== 'queued' && state !== 'running') break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { items }: { items: { error: { code: string } | null }[] } = await read(`/api/v1/jobs/${id}/items?limit=100`);
  const codes: Record<string, number> = {};
  for (const { error } of items) codes[error?.code ?? 'succeeded'] = (codes[error?.code ?? 'succeeded'] ?? 0) + 1;
  return codes;
}
