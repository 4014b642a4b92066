import { LevelMeter } from '../functions/level-meter.js';
import { ScratchFolder } from '../testing/scratch-folder.js';
import { startFfmpeg } from '../testing/start-ffmpeg.js';
import { decodeClip } from './decode-clip.js';

const folder = new ScratchFolder();
const searchPath = process.env.PATH;

beforeAll(() => {
  process.env.PATH = folder.path;
});

afterAll(() => {
  process.env.PATH = searchPath;
  folder.remove();
});

describe('a machine without ffmpeg', () => {
  const decodeFile = (path: string) => decodeClip(path, () => new LevelMeter(), { ffmpeg: startFfmpeg });

  it('says that ffmpeg is missing for a format that only ffmpeg decodes', async () => {
    const { path } = folder.write('sound.caf', 'caff\0\x01\0\0 and more');
    await expect(decodeFile(path)).rejects.toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN', detail: expect.stringContaining('ffmpeg') });
  });

  it('says what our own decoder found for a damaged file', async () => {
    const { path } = folder.write('damaged.wav', 'RIFF\x40\0\0\0WAVEfmt \x01\0\0\0?');
    await expect(decodeFile(path)).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE', detail: expect.not.stringContaining('ffmpeg') });
  });
});
