import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFormat } from './check-format.js';
import { formatCases } from './format-cases.js';

const folder = mkdtempSync(join(tmpdir(), 'earshot-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** One rate and number of channels of each format, so that all of both occur; `npm run show -- formats` goes through every pair. */
const cases = formatCases.map((item, i) => ({
  item,
  name: item.name,
  rate: item.rates[(i * 3) % item.rates.length]!,
  channels: item.channels[i % item.channels.length]!,
}));

describe('a file that ffmpeg has made', () => {
  it.each(cases)('of $name, $channels channels at $rate Hz, is what ffmpeg makes of it', async ({ item, rate, channels }) => {
    expect((await checkFormat(item, rate, channels, join(folder, `clip.${item.extension}`))).faults).toEqual([]);
  });
});
