import { amrFile } from './amr-file.js';

/** One way to write audio. */
export interface FormatCase {
  name: string;
  extension: string;
  /** Options of ffmpeg's, or the file itself. */
  encode: readonly string[] | (() => Uint8Array);
  /** What `sniffFormat` says. */
  format: string;
  isLossless: boolean;
  rates: readonly number[];
  channels: readonly number[];
  /** How far its own decoder may be from ffmpeg's, of the RMS. Two decoders of one lossy file round differently. */
  tolerance: number;
  /** Whether the file says how much silence the encoder put around the sound; without, the length is compared with ffmpeg's alone. */
  knowsPadding: boolean;
  /** Ours may be further from ffmpeg's if it is nearer to what was encoded. */
  mayBeatFfmpeg: boolean;
}

const all = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000];
const mpeg = all.filter((rate) => rate <= 48_000);
const any = [1, 2, 6];

const lossless = (name: string, extension: string, format: string, ...encode: string[]): FormatCase => ({
  ...{ name, extension, format, encode, isLossless: true, rates: all, channels: any, tolerance: 0, knowsPadding: true },
  mayBeatFfmpeg: false,
});

const lossy = (
  name: string,
  extension: string,
  format: string,
  encode: string | (() => Uint8Array),
  more: Partial<FormatCase>,
): FormatCase => ({
  ...{
    name,
    extension,
    format,
    encode: typeof encode === 'string' ? encode.split(' ') : encode,
    isLossless: false,
    rates: mpeg,
    channels: any,
    tolerance: 1e-3,
    knowsPadding: true,
    mayBeatFfmpeg: false,
  },
  ...more,
});

/**
 * At 24 kHz a scale factor band ends at line 332, in LAME and in mpg123 (ours, and librosa's); ffmpeg's table has 330, so that it reads
 * some frames by the wrong code table, and is further from what was encoded.
 */
const mp3 = (name: string, encode: string, more: Partial<FormatCase>): FormatCase[] => [
  lossy(name, 'mp3', 'mp3', encode, { channels: [1, 2], rates: mpeg.filter((rate) => rate !== 24_000), tolerance: 1e-5, ...more }),
  lossy(`${name}, 24 kHz`, 'mp3', 'mp3', encode, { channels: [1, 2], rates: [24_000], tolerance: 1e-5, mayBeatFfmpeg: true, ...more }),
];

export const formatCases: readonly FormatCase[] = [
  ...['u8', 's16le', 's24le', 's32le', 'f32le', 'f64le', 'alaw', 'mulaw'].map((codec) =>
    lossless(`wav ${codec}`, 'wav', 'wav', '-c:a', `pcm_${codec}`),
  ),
  lossless('rf64', 'wav', 'wav', '-c:a', 'pcm_s16le', '-rf64', 'always'),
  lossless('flac 16', 'flac', 'flac', '-c:a', 'flac', '-sample_fmt', 's16'),
  lossless('flac 24', 'flac', 'flac', '-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24'),
  ...mp3('mp3 constant rate', '-c:a libmp3lame -b:a 64k', {}),
  ...mp3('mp3 variable rate', '-c:a libmp3lame -q:a 4', {}),
  ...mp3('mp3 without tags', '-c:a libmp3lame -write_xing 0 -id3v2_version 0', { knowsPadding: false }),
  lossy('mp2', 'mp2', 'mp3', '-c:a mp2', {
    channels: [1, 2],
    rates: mpeg.filter((rate) => rate >= 16_000),
    tolerance: 1e-4,
    knowsPadding: false,
  }),
  lossy('vorbis', 'ogg', 'vorbis', '-c:a libvorbis -q:a 4', { rates: all.filter((rate) => rate !== 88_200), tolerance: 1e-6 }),
  lossy('opus', 'opus', 'opus', '-c:a libopus', { tolerance: 1e-4 }),
  lossy('aac in mp4', 'm4a', 'mp4', '-c:a aac', { rates: all.filter((rate) => rate > 12_000) }),
  // A frame lasts 85 ms and more there, and ffmpeg 5 leaves the last one whole.
  lossy('aac in mp4, up to 12 kHz', 'm4a', 'mp4', '-c:a aac', { rates: all.filter((rate) => rate <= 12_000), knowsPadding: false }),
  lossy('aac', 'aac', 'aac', '-c:a aac', { rates: all, knowsPadding: false }),
  lossless('alac', 'm4a', 'mp4', '-c:a', 'alac'),
  lossless('aiff', 'aiff', 'aiff', '-c:a', 'pcm_s16be'),
  lossless('caf', 'caf', 'caf', '-c:a', 'pcm_s16be'),
  lossless('wavpack', 'wv', 'wavpack', '-c:a', 'wavpack'),
  lossless('flac in ogg', 'oga', 'ogg', '-c:a', 'flac'),
  lossy('opus in webm', 'webm', 'matroska', '-c:a libopus', {}),
  lossy('ac3', 'ac3', 'ac3', '-c:a ac3', { rates: [32_000, 44_100, 48_000] }),
  lossy('wma', 'wma', 'asf', '-c:a wmav2', { channels: [1, 2], rates: [22_050, 44_100, 48_000] }),
  lossy('amr', 'amr', 'amr', () => amrFile('narrow'), { rates: [8000], channels: [1] }),
  lossy('amr wideband', 'amr', 'amr', () => amrFile('wide'), { rates: [16_000], channels: [1] }),
];
