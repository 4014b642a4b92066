import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fusesMultiplyAdd, loadNetworkKernels } from './network-kernels.js';

const built = new URL('../../dist/networks/network-kernels.js', import.meta.url);
const onX64 = process.arch === 'x64' ? it : it.skip; // elsewhere every processor fuses

describe('the kernels of networks', () => {
  it('round a product and its sum each by itself in service', () => {
    expect(loadNetworkKernels('serving').run.multiplyAdd(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11))).toBe(0);
  });

  onX64('say of training how this machine rounds, whatever its processor is called', () => {
    const askedWith = (flag: string) => {
      const script = `const { fusesMultiplyAdd } = await import('${built}'); console.log(fusesMultiplyAdd());`;
      const options = { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' }, cwd: fileURLToPath(new URL('.', built)) } as const;
      return spawnSync(process.execPath, [flag, '--input-type=module', '-e', script], options).stdout.trim();
    };
    expect(askedWith('--enable-fma3')).toBe(String(fusesMultiplyAdd()));
    expect(askedWith('--no-enable-fma3')).toBe('false');
  });
});
