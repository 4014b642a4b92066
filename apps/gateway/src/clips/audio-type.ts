import { type AudioFormat, sniffFormat } from '@earshot/audio';

const mediaTypes: Record<AudioFormat, string> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  vorbis: 'audio/ogg',
  opus: 'audio/ogg',
  ogg: 'audio/ogg',
  mp4: 'audio/mp4',
  aac: 'audio/aac',
  matroska: 'audio/webm',
  aiff: 'audio/aiff',
  caf: 'audio/x-caf',
  amr: 'audio/amr',
  ac3: 'audio/ac3',
  asf: 'audio/x-ms-wma',
  wavpack: 'audio/x-wavpack',
};

/** By the content: neither the name nor the type that a client sent is believed. */
export function audioType(head: Uint8Array): string {
  const format = sniffFormat(head);
  return format === null ? 'application/octet-stream' : mediaTypes[format];
}
