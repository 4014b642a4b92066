import { Random } from '../../random.js';

/** Frames of 20 ms, each with a byte that names its mode and payload bytes (3GPP TS 26.101 and 26.201, storage format RFC 4867). */
const kinds = {
  narrow: { magic: '#!AMR\n', mode: 0x3c, payloadBytes: 31 },
  wide: { magic: '#!AMR-WB\n', mode: 0x44, payloadBytes: 60 },
} as const;

/** 0.7 s of AMR with random bits, because few builds of ffmpeg can encode it: noise, but every frame of it is valid. */
export function amrFile(kind: keyof typeof kinds): Buffer {
  const { magic, mode, payloadBytes } = kinds[kind];
  const random = new Random(1);
  const frames = Array.from({ length: 35 }, () => Buffer.from([mode, ...Array.from({ length: payloadBytes }, () => random.below(256))]));
  return Buffer.concat([Buffer.from(magic), ...frames]);
}
