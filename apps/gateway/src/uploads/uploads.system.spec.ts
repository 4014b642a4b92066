import { wavFile } from '@earshot/audio';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
}, 60_000);
afterAll(() => gateway.close());

describe('uploading clips', () => {
  it('answers 201 with a clip for each file, in their order', async () => {
    const form = formOf(['a.wav', tone(440)], ['b.wav', tone(880)]);
    const response = await gateway.fetch('/api/v1/clips', { method: 'POST', body: form });
    expect(response.status).toBe(201);
    const { items } = await response.json();
    expect(items).toMatchObject([{ filename: 'a.wav' }, { filename: 'b.wav' }]);
  });
});

function tone(hz: number): Uint8Array<ArrayBuffer> {
  const samples = Float32Array.from({ length: 8_000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / 8_000));
  return Uint8Array.from(wavFile([samples], { sampleRate: 8_000 }));
}
