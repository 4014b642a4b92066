import { promptMallocEnv } from '@earshot/platform';
import { rolesProcess } from './role.js';

describe('a process of roles', () => {
  const env = { HOST: '127.0.0.1' };

  it('gives back what bodies took where a gateway is in it', () => {
    expect(rolesProcess(['gateway', 'extractor'], env)).toMatchObject({ name: 'gateway+extractor', env: { ...env, ...promptMallocEnv } });
    expect(rolesProcess(['extractor'], env).env).toEqual(env);
  });

  it('leaves what somebody has set', () => {
    expect(rolesProcess(['gateway'], { ...env, MALLOC_MMAP_THRESHOLD_: '65536' }).env).toMatchObject({ MALLOC_MMAP_THRESHOLD_: '65536' });
  });
});
