/** What one clip may decode to: an hour, or 2 GiB of samples over all channels. 50 kB of FLAC can hold more than that. */
export const decodeLimits = { maxSeconds: 3600, maxDecodedBytes: 2 ** 31 };
