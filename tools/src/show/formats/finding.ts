/** One format at one rate and number of channels. */
export interface FormatFinding {
  name: string;
  sampleRate: number;
  channels: number;
  sniffed: string | null;
  /** Ours, or `other` when the format is left to the next decoder. */
  decoder: string;
  /** Decoded length less the length that was encoded. */
  excessMs: number;
  /** Of the worst channel against ffmpeg's output, of its RMS. */
  errorOfRms: number;
  faults: string[];
}
