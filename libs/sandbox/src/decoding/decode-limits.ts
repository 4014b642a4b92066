/** What one clip may decode to: four hours, or 16 GiB of samples over all channels. 50 kB of FLAC can hold more than that. */
export const decodeLimits = { maxSeconds: 14_400, maxDecodedBytes: 2 ** 34 };
