export interface StreamInfo {
  sampleRate: number;
  channels: number;
  bits: number;
  /** 0 when the encoder did not know. */
  totalFrames: number;
}

/** The STREAMINFO block, 34 bytes. Reference: RFC 9639, 8.2. */
export function parseStreamInfo(block: Uint8Array): StreamInfo {
  return {
    sampleRate: (block[10]! << 12) | (block[11]! << 4) | (block[12]! >> 4),
    channels: ((block[12]! >> 1) & 7) + 1,
    bits: (((block[12]! & 1) << 4) | (block[13]! >> 4)) + 1,
    totalFrames: (block[13]! & 15) * 2 ** 32 + (((block[14]! << 24) | (block[15]! << 16) | (block[16]! << 8) | block[17]!) >>> 0),
  };
}
