import type { GatewayConfig } from '../config.js';

/** What one request may bring. */
export interface BodyLimits {
  maxFileBytes: number;
  maxBodyBytes: number;
  maxFiles: number;
  maxJsonBytes: number;
}

const bytesPerMb = 1_000_000;

export function bodyLimits(config: Pick<GatewayConfig, 'MAX_FILE_MB' | 'MAX_UPLOAD_MB' | 'MAX_FILES'>): BodyLimits {
  return {
    maxFileBytes: config.MAX_FILE_MB * bytesPerMb,
    maxBodyBytes: config.MAX_UPLOAD_MB * bytesPerMb,
    maxFiles: config.MAX_FILES,
    maxJsonBytes: 2 * bytesPerMb,
  };
}
