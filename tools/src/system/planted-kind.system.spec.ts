// A kind of work that nobody but this file knows: a contract and a handler. Everything else has to follow from them.
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { defineKind, defineTask, EarshotError, eachChunk, type TaskInput } from '@earshot/contracts';
import { openApiDocument } from '@earshot/gateway';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type PlantedStack, startPlanted } from './planted-stack.js';

const spellNames = defineTask({
  name: 'names.spell',
  queue: 'extract',
  summary: 'Spells the names of one chunk of clips',
  input: z.strictObject({
    letters: z.array(z.string().length(1)).min(1).default(['a']).meta({ description: 'Which letters are counted' }),
    isLoud: z.boolean().optional().meta({ description: 'In capitals' }),
    atLeast: z.int().min(0).optional().meta({ description: 'Shorter names fail' }),
  }),
  itemResult: z.object({ name: z.string(), length: z.int(), letters: z.array(z.object({ letter: z.string(), count: z.int() })) }),
  itemErrors: ['AUDIO_TOO_LONG'],
  errors: [],
});

const spell = defineKind({
  kind: 'spell',
  route: 'spellings',
  noun: 'Spelling',
  summary: 'Spells the names of clips',
  description: 'Says of each name how long it is, and counts letters in it.',
  over: 'clips',
  input: spellNames.input,
  stages: [eachChunk(spellNames, { items: 2 })],
  csvColumns: ['length', 'name'],
  example: { input: { letters: ['a', 'b'] }, item: { name: 'ab.wav', length: 6, letters: [{ letter: 'a', count: 1 }] } },
});

@Injectable()
@Handles(spellNames)
class SpellNamesHandler implements TaskHandler<typeof spellNames> {
  async run(
    { letters, isLoud, atLeast = 0 }: TaskInput<typeof spellNames>,
    { items, item }: TaskContext<typeof spellNames>,
  ): Promise<void> {
    for (const { index, filename } of items) {
      await item(index, async () => {
        const name = (isLoud ? filename?.toUpperCase() : filename) ?? '';
        if (name.length < atLeast) throw new EarshotError('AUDIO_TOO_LONG', `${name} is too short`);
        return { name, length: name.length, letters: letters.map((letter) => ({ letter, count: name.split(letter).length - 1 })) };
      });
    }
  }
}

let stack: PlantedStack;
beforeAll(async () => {
  stack = await startPlanted({ kinds: [spell], tasks: [spellNames], handlers: [SpellNamesHandler] });
}, 60_000);
afterAll(() => stack.close());

const sound = Uint8Array.from(wavFile([Float32Array.of(0, 0.5, 0, -0.5)], { sampleRate: 8_000 }));
const formOf = (...names: string[]) => {
  const form = new FormData();
  for (const name of names) form.append('file', new Blob([sound]), name);
  return form;
};
const ask = (path: string, init: RequestInit = {}) => stack.fetch(path, init);
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) => ask(path, { method: 'POST', body, headers });
const jsonOf = async (path: string, headers: Record<string, string> = {}) => (await ask(path, { headers })).json();

describe('a planted kind of work', () => {
  it('is asked for on its route, with options by query or as fields, and its result is waited for', async () => {
    const response = await post('/api/v1/spellings?letters=a,b&isLoud=false', formOf('abba.wav'), { prefer: 'wait=10' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      kind: 'spell',
      counts: { total: 1, succeeded: 1 },
      items: [{ filename: 'abba.wav', result: { name: 'abba.wav', length: 8, letters: [{ count: 3 }, { count: 2 }] } }],
    });
    const form = formOf('abba.wav');
    form.append('isLoud', 'true');
    const { items } = await (await post('/api/v1/spellings', form, { prefer: 'wait=10' })).json();
    expect(items[0].result.name).toBe('ABBA.WAV');
  });

  it.each([
    ['isLoud=perhaps', '#/isLoud'],
    ['letters=abc', '#/letters/0'],
    ['atLeast=few', '#/atLeast'],
    ['volume=3', '#/volume'],
  ])('is validated by its contract: %s', async (query, pointer) => {
    const problem = await (await post(`/api/v1/spellings?${query}`, formOf('a.wav'))).json();
    expect(problem).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer }] });
  });

  it('is told an option once, by query or in the body', async () => {
    const form = formOf('a.wav');
    form.append('isLoud', 'true');
    const [{ id }] = (await (await post('/api/v1/clips', formOf('a.wav'))).json()).items;
    const json = JSON.stringify({ clipIds: [id], isLoud: true });
    const answers = [
      await post('/api/v1/spellings?isLoud=false', form),
      await post('/api/v1/spellings/clips?isLoud=false', json, { 'content-type': 'application/json' }),
    ];
    for (const answer of answers)
      expect(await answer.json()).toMatchObject({
        code: 'REQUEST_INVALID',
        errors: [{ pointer: '#/isLoud', detail: expect.stringContaining('once') }],
      });
  });

  it('is in the document, in every union, and its examples fit', async () => {
    const document = await jsonOf('/openapi.json');
    expect(document).toEqual(JSON.parse(JSON.stringify(await openApiDocument(stack.kinds))));
    expect(document.paths['/api/v1/spellings'].post).toMatchObject({ operationId: 'createSpelling', tags: ['Spellings'] });
    expect(document.components.schemas.Job.discriminator.mapping.spell).toBe('#/components/schemas/SpellingJob');
    expect(document.components.schemas.JobResult.discriminator.mapping.spell).toBe('#/components/schemas/SpellingResult');
    expect(document.components.schemas.Spelling.properties.letters.items.properties.count).toMatchObject({ type: 'integer' });
  });

  it('takes stored clips by JSON and by lines, once under a key, and tells its items, its table and its events', async () => {
    const { items: clips } = await (await post('/api/v1/clips', formOf('a.wav', 'bb.wav', 'ccc.wav'))).json();
    const clipIds: string[] = clips.map(({ id }: { id: string }) => id);
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'spell', prefer: 'wait=10' };
    const body = JSON.stringify({ clipIds, letters: ['b'], atLeast: 6, customIds: ['x', 'y', 'z'] });
    const first = await post('/api/v1/spellings/clips', body, headers);
    const again = await post('/api/v1/spellings/clips', body, headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const result = await first.json();
    expect(await again.json()).toEqual(result);
    expect(result).toMatchObject({ counts: { succeeded: 2, failed: 1 }, items: [{ error: { code: 'AUDIO_TOO_LONG' } }, {}, {}] });
    expect(await jsonOf(`/api/v1/jobs/${result.jobId}/result`)).toEqual(result);
    expect(await jsonOf(`/api/v1/jobs/${result.jobId}/items?state=failed`)).toMatchObject({ kind: 'spell', items: [{ customId: 'x' }] });

    const lines = clipIds.map((clipId) => JSON.stringify({ clipId })).join('\n');
    const ofLines = await post('/api/v1/spellings/clips', lines, {
      'content-type': 'application/jsonl',
      accept: 'text/csv',
      prefer: 'wait=10',
    });
    const rows = (await ofLines.text()).trimEnd().split('\r\n');
    expect(rows[0]).toBe('index,customId,clipId,filename,state,errorCode,errorDetail,length,name');
    expect(rows[2]).toBe(`1,,${clipIds[1]},bb.wav,succeeded,,,6,bb.wav`);

    const events = await (await ask(`/api/v1/jobs/${result.jobId}/events`)).text();
    const data = [...events.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json));
    expect(data.at(-1)).toMatchObject({ type: 'job.finished', kind: 'spell', jobId: result.jobId, succeeded: 2, failed: 1 });

    const retried = await post(`/api/v1/jobs/${result.jobId}/retry`, '', { prefer: 'wait=10' });
    expect(await retried.json()).toMatchObject({ code: 'AUDIO_TOO_LONG', jobId: expect.any(String) }); // the one item fails again
    expect((await jsonOf('/api/v1/jobs?kind=spell&limit=1')).items[0]).toMatchObject({ kind: 'spell', retryOf: result.jobId });
  });

  it('is a verb of the command line', async () => {
    const [a, b] = [join(stack.home, 'anna.wav'), join(stack.home, 'b.wav')];
    await Promise.all([a, b].map((file) => writeFile(file, sound)));
    const { code, printed } = await stack.run('spell', a, b, '--letters', 'a,n', '--is-loud', '--at-least', '6');
    expect(code).toBe(3);
    expect(
      printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        file: a,
        name: 'ANNA.WAV',
        length: 8,
        letters: [
          { letter: 'a', count: 0 },
          { letter: 'n', count: 0 },
        ],
      },
      { file: b, error: { code: 'AUDIO_TOO_LONG', detail: 'B.WAV is too short' } },
    ]);
    expect((await stack.run('spell', a, '--detach')).printed.trim()).toMatch(/^[0-9a-f-]{36}$/);
    expect((await stack.run('spell', a, '--csv')).printed).toContain('length,name\r\n');
  });
});
