import { z } from 'zod';
import { noiseWav } from '../../stack/noise-wav.js';

const answer = z.object({
  state: z.literal('succeeded'),
  items: z.tuple([
    z.object({ state: z.literal('succeeded'), result: z.object({ durationSeconds: z.literal(1), sampleRate: z.literal(22_050) }) }),
  ]),
});

/** Sends one clip and holds the answer against what is known of it: a bench of wrong answers would be worth nothing. */
export async function checkOneAnswer(url: string): Promise<void> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(noiseWav(0))]), 'second.wav');
  const response = await fetch(`${url}/api/v1/descriptions`, { method: 'POST', headers: { Prefer: 'wait=20' }, body: form });
  const body: unknown = await response.json();
  const { success, error } = answer.safeParse(body);
  if (!success) throw new Error(`The gateway answered ${response.status} ${JSON.stringify(body)}`, { cause: error });
}
