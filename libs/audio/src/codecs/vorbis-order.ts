/**
 * For each place of the usual order (front left, front right, centre, LFE, back or side …) the channel of the Vorbis order that Ogg's
 * codecs use (left, centre, right …), by the number of channels. Reference: Vorbis I, 4.3.9; RFC 7845, 5.1.1.2.
 */
export const vorbisOrder: Partial<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
};
