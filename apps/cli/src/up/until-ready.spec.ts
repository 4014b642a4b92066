import { Health, Metrics, startHealthServer } from '@earshot/platform';
import { untilReady } from './until-ready.js';

describe('waiting for readiness', () => {
  it('ends when every service is ready, also one that moved to another address', async () => {
    const starting = new Health();
    let isUp = false;
    starting.addCheck('postgres', async () => {
      if (!isUp) throw new Error('not yet');
    });
    const options = { host: '127.0.0.1', port: 0, metrics: new Metrics() };
    const [slow, well] = await Promise.all([
      startHealthServer({ ...options, health: starting }),
      startHealthServer({ ...options, health: new Health() }),
    ]);
    try {
      let asked = 0;
      const nobody = 'http://127.0.0.1:1';
      await untilReady(() => {
        asked += 1;
        if (asked === 3) isUp = true;
        return { slow: slow.url, moved: asked === 1 ? nobody : well.url };
      }, 5);
      expect(asked).toBe(3);
    } finally {
      await Promise.all([slow.close(), well.close()]);
    }
  });

  it('gives up with what was said last', async () => {
    const health = new Health();
    health.addCheck('postgres', () => Promise.reject(new Error('away')));
    const server = await startHealthServer({ host: '127.0.0.1', port: 0, metrics: new Metrics(), health });
    try {
      await expect(untilReady(() => ({ gateway: server.url }), 0.1)).rejects.toThrow(
        /not ready after 0.1 s: gateway: .*"postgres":{"status":"failed"/,
      );
    } finally {
      await server.close();
    }
  });
});
