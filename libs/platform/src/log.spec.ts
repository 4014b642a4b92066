import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from './log.js';
import { withLogContext } from './log-context.js';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  let line = '';
  write(createLog({ service: 'gateway', destination: { write: (text) => (line += text) } }));
  return JSON.parse(line);
}

describe('a log line', () => {
  it('is one JSON object with time, level and service', () => {
    expect(logged((log) => log.info({ port: 8000 }, 'listening'))).toMatchObject({
      level: 'info',
      service: 'gateway',
      port: 8000,
      msg: 'listening',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('carries the ids of the call it was written in, also after an await, and of the calls around it', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = createLog({ service: 'worker', destination: { write: (text) => lines.push(JSON.parse(text)) } });
    await Promise.all(
      ['a', 'b'].map((jobId) =>
        withLogContext({ jobId }, () =>
          withLogContext({ taskId: `${jobId}1` }, async () => {
            await sleep(2);
            log.info('working');
          }),
        ),
      ),
    );
    log.info('outside');
    expect(lines.map(({ jobId, taskId }) => [jobId, taskId])).toEqual([
      ['a', 'a1'],
      ['b', 'b1'],
      [undefined, undefined],
    ]);
  });

  it.each([
    ['a connection string', 'cannot reach postgres://earshot:hunter2@db:5432/earshot'],
    ['an API key', 'refused es_9f3a_hunter2'],
    ['an authorization header', 'sent Bearer hunter2'],
    ['a signed URL', 'GET https://s3/clips/1?X-Amz-Signature=hunter2&x=1'],
  ])('shows no secret of %s', (_, text) => {
    const line = JSON.stringify([logged((log) => log.warn(text)), logged((log) => log.error({ error: new Error(text) }, 'failed'))]);
    expect(line).not.toContain('hunter2');
    expect(line).toContain('***');
  });

  it.each(['authorization', 'cookie', 'set-cookie', 'password', 'x-api-key'])('shows no field named %s, up to two levels deep', (name) => {
    const line = JSON.stringify(
      logged((log) => log.info({ [name]: 'hunter2', request: { [name]: 'hunter2', headers: { [name]: 'hunter2' } } }, 'request')),
    );
    expect(line).not.toContain('hunter2');
  });

  it('leaves ordinary text alone', () => {
    expect(logged((log) => log.info('see http://127.0.0.1:8000/docs?page=2'))['msg']).toBe('see http://127.0.0.1:8000/docs?page=2');
  });
});
