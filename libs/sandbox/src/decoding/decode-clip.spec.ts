import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { LevelMeter } from '../functions/level-meter.js';
import { ScratchFolder } from '../testing/scratch-folder.js';
import { startFfmpeg } from '../testing/start-ffmpeg.js';
import { decodeClip } from './decode-clip.js';
import { decodeByFfmpeg } from './ffmpeg.js';

const folder = new ScratchFolder();
const decodeFile = (path: string) => decodeClip(path, () => new LevelMeter(), { ffmpeg: startFfmpeg });

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const itWithFfmpeg = hasFfmpeg ? it : it.skip;

afterAll(() => folder.remove());

describe('decoding a clip', () => {
  it('takes our own decoder where there is one', async () => {
    const { path } = folder.write('tone.wav', wavFile([tone(8000)], { sampleRate: 8000 }));
    const { decoded, receiver } = await decodeFile(path);
    expect(decoded).toMatchObject({ decoder: 'earshot-wav', sampleRate: 8000, frames: 8000 });
    expect(receiver.peak).toBeCloseTo(0.5, 3);
  });

  itWithFfmpeg.each([
    { name: 'tone.caf', format: 'caf' },
    { name: 'tone.wv', format: 'wavpack' },
    { name: 'tone.aiff', format: 'aiff' },
  ])('takes ffmpeg for $format, to the sample', async ({ name, format }) => {
    const { decoded, receiver } = await decodeFile(encodedByFfmpeg(name));
    expect(decoded).toMatchObject({ format, decoder: 'ffmpeg', sampleRate: 8000, channels: 2, frames: 8000 });
    expect(receiver.rms).toBeCloseTo(0.5 * Math.SQRT1_2, 4);
  });

  itWithFfmpeg('takes ffmpeg when our own decoder does not know the coding', async () => {
    const { decoded } = await decodeFile(encodedByFfmpeg('tone.wav', '-c:a', 'adpcm_ima_wav'));
    expect(decoded).toMatchObject({ format: 'wav', decoder: 'ffmpeg', sampleRate: 8000, channels: 2 });
  });

  it.each([
    { name: 'hls.mp3', text: (victim: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:${victim}\n#EXT-X-ENDLIST\n` },
    { name: 'ffconcat.mp3', text: (victim: string) => `ffconcat version 1.0\nfile '${victim}'\n` },
    { name: 'behind-a-tag.mp3', text: (victim: string) => `ID3\x04\0\0\0\0\0\x00ffconcat version 1.0\nfile '${victim}'\n` },
  ])("does not let $name read another user's file", async ({ name, text }) => {
    const victim = folder.write('victim.wav', wavFile([tone(8000)], { sampleRate: 8000 }));
    const { path } = folder.write(name, text(victim.path));
    await expect(decodeFile(path)).rejects.toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN' });
    if (hasFfmpeg) await expect(byFfmpegAlone(path)).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE' });
  });

  it.each([
    { what: 'no channels', at: 22, value: 0 },
    { what: 'a sample rate of 1', at: 24, value: 1 },
  ])('refuses a WAV with $what', async ({ at, value }) => {
    const bytes = wavFile([tone(8000)], { sampleRate: 8000 });
    new DataView(bytes.buffer, bytes.byteOffset).setUint16(at, value, true);
    const { path } = folder.write('header.wav', bytes);
    await expect(decodeFile(path)).rejects.toMatchObject({ code: 'AUDIO_OUT_OF_RANGE' });
  });

  it('refuses samples that are no numbers, from any decoder', async () => {
    const samples = tone(8000).fill(Number.NaN, 4000, 4001);
    const { path } = folder.write('nan.wav', wavFile([samples], { sampleRate: 8000 }));
    await expect(decodeFile(path)).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE' });
    if (hasFfmpeg) await expect(byFfmpegAlone(path)).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE' });
  });

  itWithFfmpeg('stops ffmpeg at the limit on decoded audio', async () => {
    const path = encodedByFfmpeg('long.caf');
    await expect(byFfmpegAlone(path, { maxSeconds: 0.5, maxDecodedBytes: 1e9 })).rejects.toMatchObject({ code: 'AUDIO_TOO_LONG' });
    await expect(byFfmpegAlone(path, { maxSeconds: 100, maxDecodedBytes: 1000 })).rejects.toMatchObject({ code: 'AUDIO_TOO_LONG' });
  });

  it('refuses what only begins like audio', async () => {
    const { path } = folder.write('half.aiff', `FORM\0\0\x10\0AIFF${'nonsense'.repeat(100)}`);
    await expect(decodeFile(path)).rejects.toMatchObject({ code: hasFfmpeg ? 'AUDIO_UNREADABLE' : 'AUDIO_FORMAT_UNKNOWN' });
  });

  it('closes the receiver of each attempt that failed', async () => {
    const samples = tone(8000).fill(Number.NaN, 4000, 4001);
    const { path } = folder.write('late.wav', wavFile([samples], { sampleRate: 8000 }));
    const receivers = { opened: 0, closed: 0 };
    const newReceiver = () => {
      receivers.opened++;
      return { add() {}, close: () => receivers.closed++ };
    };
    await expect(decodeClip(path, newReceiver, { ffmpeg: startFfmpeg })).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE' });
    expect(receivers).toEqual({ opened: 2, closed: 2 });
  });

  it('closes the files that it refuses', async () => {
    const { path } = folder.write('text.mp3', 'no sound at all');
    const before = openFileCount();
    for (let i = 0; i < 20; i++) await expect(decodeFile(path)).rejects.toThrow('AUDIO_FORMAT_UNKNOWN');
    expect(openFileCount() - before).toBeLessThan(20);
  });
});

const tone = (frames: number) => Float32Array.from({ length: frames }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / 8000));

function encodedByFfmpeg(name: string, ...options: string[]): string {
  const stereo = folder.write('source.wav', wavFile([tone(8000), tone(8000)], { sampleRate: 8000, sampleFormat: 'pcm16' }));
  const path = join(folder.path, `encoded-${name}`);
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', stereo.path, ...options, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return path;
}

function byFfmpegAlone(path: string, limits = { maxSeconds: 100, maxDecodedBytes: 1e9 }) {
  return decodeByFfmpeg(path, () => {}, limits, startFfmpeg);
}

function openFileCount(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}
