import { wavFile } from '@earshot/audio';
import { Sandbox } from './sandbox.js';
import { buildSandbox } from './testing/build-sandbox.js';
import { ScratchFolder } from './testing/scratch-folder.js';

const folder = new ScratchFolder();
let sandbox: Sandbox;

beforeAll(() => {
  buildSandbox();
  sandbox = new Sandbox({ children: 1, log: { info() {}, warn() {}, error() {} } });
}, 120_000);

afterAll(async () => {
  await sandbox.close();
  folder.remove();
});

describe('the sandbox', () => {
  it('describes a clip: half a second of silence, a second of a loud square wave, a quarter of silence', async () => {
    const square = Float32Array.from({ length: 8000 }, (_, i) => (i % 20 < 10 ? 0.5 : -0.5));
    const samples = Float32Array.of(...new Float32Array(4000), ...square, ...new Float32Array(2000));
    await expect(sandbox.run('describe', folder.write('square.wav', wavFile([samples], { sampleRate: 8000 })))).resolves.toMatchObject({
      format: expect.stringContaining('wav'),
      durationSeconds: 1.75,
      sampleRate: 8000,
      channels: 1,
      frames: 14_000,
      peak: expect.closeTo(0.5, 3),
      rms: expect.closeTo(0.5 * Math.sqrt(8 / 14), 3),
      leadingSilenceSeconds: 0.5,
      trailingSilenceSeconds: 0.25,
    });
  });

  it('refuses what is not audio', async () => {
    await expect(sandbox.run('describe', folder.write('text.wav', Buffer.from('no sound at all')))).rejects.toMatchObject({
      code: 'AUDIO_FORMAT_UNKNOWN',
    });
  });
});
