// Datasets and runs for the screens of learning: tones that a test can judge, trained within seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ToneClip, toneClips } from '../training/tone-clips.js';
import type { WebStack } from './web-stack.js';

/** A dataset of tones, half of each label, four of a group. */
export async function plantTones(stack: WebStack, dataset: string, clips: readonly ToneClip[] = toneClips(40)): Promise<void> {
  await stack.post('/api/v1/datasets', { name: dataset, description: 'Tones in noise, high and low' });
  const form = new FormData();
  form.append('labels', JSON.stringify(clips.map(({ label }) => label)));
  form.append('groups', JSON.stringify(clips.map(({ group }) => group)));
  for (const { name, bytes } of clips) form.append('file', new Blob([bytes]), name);
  await stack.ask(`/api/v1/datasets/${dataset}/clips`, { method: 'POST', body: form });
}

const quick = { profile: 'electro-45@1', settings: { epochs: 8 }, compareSplits: false };

/** A run that has ended; its id. */
export async function trainTones(
  stack: WebStack,
  options: { dataset: string; classifier: string } & Record<string, unknown>,
): Promise<string> {
  const id = await beginTones(stack, options);
  for (;;) {
    const { state, error } = await stack.ask<{ state: string; error: unknown }>(`/api/v1/runs/${id}`);
    if (state === 'succeeded') return id;
    if (state !== 'queued' && state !== 'running') throw new Error(`The run ${state}: ${JSON.stringify(error)}`);
    await sleep(100);
  }
}

/** A run that goes on; its id. */
export async function beginTones(stack: WebStack, options: object): Promise<string> {
  const body = JSON.stringify({ ...quick, ...options });
  const headers = { 'content-type': 'application/json', prefer: 'respond-async' };
  return (await stack.ask<{ id: string }>('/api/v1/runs', { method: 'POST', headers, body })).id;
}
