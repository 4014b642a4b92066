// Kinds of work without clips, which come to a result of their own: contracts and handlers that nobody but this file knows.
import 'reflect-metadata';
import { defineKind, defineTask, EarshotError, type Kind, once, perOutput, resourcesOf, type TaskInput } from '@earshot/contracts';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type PlantedStack, startPlanted } from './planted-stack.js';

const rolled = z.object({ rolls: z.array(z.int()), mean: z.number().nullable() });
const diceOptions = z.strictObject({
  sides: z.int().min(2).meta({ description: 'Of the dice' }),
  throws: z.int().min(0).max(500).default(3).meta({ description: 'How often' }),
  mostThrows: z.int().optional().meta({ description: 'More are a failure' }),
});

const rollDice = defineTask({
  name: 'dice.roll',
  queue: 'extract',
  summary: 'Rolls dice',
  input: diceOptions,
  errors: ['TRAINING_DATA_UNFIT'],
  output: rolled,
});

/** Over nothing, in one stage. */
const roll = defineKind({
  kind: 'roll',
  route: 'rolls',
  noun: 'Roll',
  summary: 'Rolls dice',
  description: 'Comes to the mean of what was rolled.',
  over: 'nothing',
  input: diceOptions,
  stages: [once(rollDice)],
  result: rolled,
  example: { input: { sides: 6, throws: 2 }, result: { rolls: [1, 6], mean: 3.5 } },
});

const drawn = z.object({ draws: z.int().min(1), first: z.string() });
const drawOptions = z.strictObject({ dataset: z.string().min(1), draws: z.int().min(1).max(10).default(2) });
const planDraws = defineTask({
  name: 'draws.plan',
  queue: 'extract',
  summary: 'Says how many draws there are',
  input: drawOptions,
  errors: [],
  output: drawn.pick({ draws: true }),
});
const drawOne = defineTask({
  name: 'draws.draw',
  queue: 'extract',
  summary: 'Draws',
  input: drawOptions,
  errors: [],
  output: z.object({ name: z.string() }),
});
const sumDraws = defineTask({
  name: 'draws.sum',
  queue: 'extract',
  summary: 'Tells the draws',
  input: drawOptions,
  errors: [],
  output: drawn,
});

/** Over a dataset, in stages of which the second is sized by the first. */
const draw = defineKind({
  kind: 'draw',
  route: 'dataset-draws',
  noun: 'Draw',
  summary: 'Draws from a dataset',
  description: 'Comes to what was drawn first.',
  over: 'dataset',
  input: drawOptions,
  stages: [once(planDraws), perOutput(drawOne, { of: planDraws.name, count: 'draws' }), once(sumDraws)],
  result: drawn,
  example: { input: { dataset: 'talents', draws: 1 }, result: { draws: 1, first: 'talents 0' } },
});

@Injectable()
@Handles(rollDice)
class RollDiceHandler implements TaskHandler<typeof rollDice> {
  async run({ sides, throws, mostThrows = 500 }: TaskInput<typeof rollDice>, { progress, output }: TaskContext<typeof rollDice>) {
    if (throws > mostThrows) throw new EarshotError('TRAINING_DATA_UNFIT', `${throws} throws, at most ${mostThrows}`);
    const rolls = Array.from({ length: throws }, (_, i) => 1 + (i % sides));
    await progress({ step: throws, of: throws, figures: { sides } });
    output({ rolls, mean: throws === 0 ? null : rolls.reduce((sum, one) => sum + one, 0) / throws });
  }
}

@Injectable()
@Handles(planDraws)
class PlanDrawsHandler implements TaskHandler<typeof planDraws> {
  async run({ draws }: TaskInput<typeof planDraws>, { output }: TaskContext<typeof planDraws>) {
    output({ draws });
  }
}

@Injectable()
@Handles(drawOne)
class DrawOneHandler implements TaskHandler<typeof drawOne> {
  async run({ dataset }: TaskInput<typeof drawOne>, { ordinal, output }: TaskContext<typeof drawOne>) {
    output({ name: `${dataset} ${ordinal}` });
  }
}

@Injectable()
@Handles(sumDraws)
class SumDrawsHandler implements TaskHandler<typeof sumDraws> {
  async run(_: TaskInput<typeof sumDraws>, { outputs, output }: TaskContext<typeof sumDraws>) {
    const names = (await outputs(drawOne)).map(({ name }) => name);
    output({ draws: names.length, first: names[0] ?? '' });
  }
}

let stack: PlantedStack;
beforeAll(async () => {
  stack = await startPlanted({
    kinds: [roll, draw],
    rules: [{ kind: draw, resolve: async (input) => ({ input: Object(input), items: [] }) }],
    tasks: [rollDice, planDraws, drawOne, sumDraws],
    handlers: [RollDiceHandler, PlanDrawsHandler, DrawOneHandler, SumDrawsHandler],
  });
}, 60_000);
afterAll(() => stack.close());

const asJson = { 'content-type': 'application/json' };
const get = (path: string, headers: Record<string, string> = {}) => stack.fetch(path, { headers });
const post = (path: string, body?: object, headers: Record<string, string> = {}) =>
  stack.fetch(path, { method: 'POST', headers: { ...(body && asJson), ...headers }, body: body && JSON.stringify(body) });
const jsonOf = async (path: string) => (await get(path)).json();
const waited = { prefer: 'wait=10' };
const none = { total: 0, succeeded: 0, failed: 0, cancelled: 0, pending: 0 };

const eventsOf = async (jobId: string): Promise<Record<string, unknown>[]> => {
  const text = await (await get(`/api/v1/jobs/${jobId}/events`)).text();
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json));
};

describe('a planted kind over nothing', () => {
  it('is asked for by its options, in the body, in the query, or in both', async () => {
    const result = { kind: 'roll', state: 'succeeded', counts: none, result: { rolls: [1, 2, 1], mean: 4 / 3 } };
    const inBody = await post('/api/v1/rolls', { sides: 2, metadata: { of: 'me' } }, waited);
    expect(inBody.status).toBe(200);
    expect(inBody.headers.get('preference-applied')).toBe('wait=10');
    const body = await inBody.json();
    expect(body).toEqual({ jobId: expect.any(String), ...result });
    expect(inBody.headers.get('location')).toBe(`/api/v1/jobs/${body.jobId}`);
    expect(await (await post('/api/v1/rolls?throws=3', { sides: 2 }, waited)).json()).toMatchObject(result);
    expect(await (await post('/api/v1/rolls?throws=3&sides=2', {}, waited)).json()).toMatchObject(result);
    expect(await jsonOf(`/api/v1/jobs/${body.jobId}`)).toMatchObject({ metadata: { of: 'me' }, counts: none, error: null });
  });

  it('needs no body where the query says all', async () => {
    const response = await post('/api/v1/rolls?sides=2&throws=1', undefined, waited);
    expect([response.status, (await response.json()).result]).toEqual([200, { rolls: [1], mean: 1 }]);
  });

  it.each([
    ['', { throws: 3 }, '#/sides'],
    ['?sides=1', {}, '#/sides'],
    ['?sides=six', {}, '#/sides'],
    ['?sides=6', { sides: 6 }, '#/sides'],
    ['', { sides: 6, clipIds: [] }, '#/clipIds'],
  ])('is validated by its contract: %s %j', async (query, body, pointer) => {
    const response = await post(`/api/v1/rolls${query}`, body);
    expect(await response.json()).toMatchObject({ status: 400, code: 'REQUEST_INVALID', errors: [{ pointer }] });
  });

  it('takes no other body', async () => {
    const lines = { method: 'POST', headers: { 'content-type': 'application/jsonl' }, body: '{}' };
    expect(await (await stack.fetch('/api/v1/rolls?sides=6', lines)).json()).toMatchObject({ code: 'TYPE_UNSUPPORTED' });
    expect((await post('/api/v1/rolls/clips', { sides: 6 })).status).toBe(404);
  });

  it('is done once under a key, and its result is read in one form, whatever is accepted', async () => {
    const headers = { ...waited, 'idempotency-key': 'roll', accept: 'text/csv' };
    const [first, again] = [await post('/api/v1/rolls', { sides: 6 }, headers), await post('/api/v1/rolls', { sides: 6 }, headers)];
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    const result = await first.json();
    expect(await again.json()).toEqual(result);
    expect(await (await get(`/api/v1/jobs/${result.jobId}/result`, { accept: 'text/csv' })).json()).toEqual(result);
    expect(await (await post('/api/v1/rolls', { sides: 7 }, headers)).json()).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('tells how far it is by its task, for it has no items', async () => {
    const job = await (await post('/api/v1/rolls', { sides: 6 })).json();
    expect(job).toMatchObject({ kind: 'roll', state: 'queued', stage: 'dice.roll', progress: { done: 0, total: 1, unit: 'tasks' } });
    const events = (await eventsOf(job.id)).filter(({ type }) => type !== 'job.started'); // not told where the claim could not lock the job
    expect(events).toMatchObject([
      { type: 'task.progress', kind: 'roll', task: 'dice.roll', step: 3, of: 3, figures: { sides: 6 } },
      { type: 'job.finished', kind: 'roll', state: 'succeeded', total: 0 },
    ]);
    expect(await jsonOf(job.links.self)).toMatchObject({ state: 'succeeded', progress: { done: 1, total: 1, unit: 'tasks' } });
    expect(await jsonOf(job.links.items)).toEqual({ kind: 'roll', items: [], nextCursor: null });
    expect(await (await get(job.links.items, { accept: 'application/jsonl' })).text()).toBe('');
    expect(await (await get(job.links.items, { accept: 'text/csv' })).text()).toBe(
      'index,customId,clipId,filename,state,errorCode,errorDetail\r\n',
    );
  });

  it('fails with the problem of its task, and is tried again as a whole', async () => {
    const failed = await post('/api/v1/rolls', { sides: 6, mostThrows: 1 }, waited);
    const problem = await failed.json();
    expect([failed.status, problem]).toMatchObject([422, { code: 'TRAINING_DATA_UNFIT', detail: '3 throws, at most 1' }]);
    expect(await jsonOf(`/api/v1/jobs/${problem.jobId}/result`)).toMatchObject({ code: 'TRAINING_DATA_UNFIT', jobId: problem.jobId });
    expect(await jsonOf(`/api/v1/jobs/${problem.jobId}`)).toMatchObject({ state: 'failed', error: { code: 'TRAINING_DATA_UNFIT' } });
    const retried = await (await post(`/api/v1/jobs/${problem.jobId}/retry`, undefined, waited)).json();
    expect(retried).toMatchObject({ code: 'TRAINING_DATA_UNFIT', jobId: expect.not.stringMatching(problem.jobId) });
    expect(await jsonOf(`/api/v1/jobs?kind=roll&retryOf=${problem.jobId}`)).toMatchObject({ items: [{ id: retried.jobId }] });
    const { jobId } = await (await post('/api/v1/rolls', { sides: 6 }, waited)).json();
    expect(await (await post(`/api/v1/jobs/${jobId}/retry`)).json()).toMatchObject({ code: 'NOTHING_TO_RETRY' });
  });

  it('is a verb of the command line that prints what it came to', async () => {
    const { code, printed } = await stack.run('roll', '--sides', '6', '--throws', '2');
    expect([code, JSON.parse(printed)]).toEqual([0, { rolls: [1, 2], mean: 1.5 }]);
    expect((await stack.run('roll', '--sides', '6', '--most-throws', '1')).code).toBe(1);
    expect((await stack.run('roll', '--sides', '6', '--detach')).printed.trim()).toMatch(/^[0-9a-f-]{36}$/);
    await expect(stack.run('roll')).rejects.toThrow("required option '--sides <value>' not specified");
  });
});

describe('a planted kind over a dataset', () => {
  it('goes through its stages to its result, and tells of each', async () => {
    const job = await (await post('/api/v1/dataset-draws', { dataset: 'talents', draws: 3 })).json();
    expect(job).toMatchObject({ kind: 'draw', stage: 'draws.plan', counts: none, progress: { done: 0, total: 2, unit: 'tasks' } });
    const events = await eventsOf(job.id);
    expect(events.filter(({ type }) => type === 'job.stage').map(({ stage }) => stage)).toEqual(['draws.draw', 'draws.sum']);
    expect(await jsonOf(job.links.self)).toMatchObject({ state: 'succeeded', progress: { done: 5, total: 5, unit: 'tasks' } });
    const { result } = await jsonOf(job.links.result);
    expect(result).toEqual({ draws: 3, first: 'talents 0' });
    const { code, printed } = await stack.run('draw', '--dataset', 'talents');
    expect([code, JSON.parse(printed)]).toEqual([0, { draws: 2, first: 'talents 0' }]);
  });
});

describe('planted kinds without clips', () => {
  it.each<[string, Kind]>([
    ['Roll', roll],
    ['Draw', draw],
  ])('are in the document, in every union, with examples that fit: %s', async (noun, kind) => {
    const { paths, components } = await jsonOf('/openapi.json');
    const { requestBody, responses, parameters } = paths[`/api/v1/${kind.route}`].post;
    expect(requestBody).toMatchObject({
      required: false,
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${noun}Request` } } },
    });
    expect(Object.keys(responses['200'].content)).toEqual(['application/json']);
    expect(parameters.map(({ name }: { name: string }) => name)).toContain(Object.keys(kind.input.shape)[0]);
    expect(paths[`/api/v1/${kind.route}/clips`]).toBeUndefined();
    for (const [union, member] of [
      ['Job', 'Job'],
      ['JobResult', 'Result'],
      ['ItemPage', 'ItemPage'],
    ] as const)
      expect(components.schemas[union].discriminator.mapping[kind.kind]).toBe(`#/components/schemas/${noun}${member}`);
    expect(resourcesOf(kind).request.parse(requestBody.content['application/json'].example)).toMatchObject(kind.example.input);
    const example = responses['200'].content['application/json'].example;
    expect(resourcesOf(kind).result.parse(example)).toEqual(example);
    expect(example.result).toEqual(kind.example.result);
    expect(components.schemas[`${noun}Result`].required).toContain('result');
  });
});
