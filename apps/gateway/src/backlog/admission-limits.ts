import type { GatewayConfig } from '../config.js';
import type { AdmissionLimits } from './admission.js';

type Settings = Pick<GatewayConfig, 'MAX_WAITING_JOBS' | 'MAX_WAITING_ITEMS' | 'MAX_WAITING_MB' | 'CALLER_SHARE_PERCENT'>;

export function admissionLimits({ MAX_WAITING_JOBS, MAX_WAITING_ITEMS, MAX_WAITING_MB, CALLER_SHARE_PERCENT }: Settings): AdmissionLimits {
  return {
    all: { jobs: MAX_WAITING_JOBS, items: MAX_WAITING_ITEMS, bytes: MAX_WAITING_MB * 1_000_000 },
    share: CALLER_SHARE_PERCENT / 100,
  };
}
