/** The audio formats that Earshot knows by their content; `ogg` is Ogg with a codec other than Vorbis and Opus. */
export const audioFormats = [
  'wav',
  'mp3',
  'flac',
  'vorbis',
  'opus',
  'ogg',
  'mp4',
  'aac',
  'matroska',
  'aiff',
  'caf',
  'amr',
  'ac3',
  'asf',
  'wavpack',
] as const;

export type AudioFormat = (typeof audioFormats)[number];
