import type { ReactNode } from 'react';
import { look } from './look.js';

const cutOff = 0.99;

/** How loud it is, from the largest sample (0 to 1): 60 dB from the left to the right, and a word when it is too much. */
export function LevelMeter({ level, className, children }: { level: number; className?: string; children: ReactNode }) {
  const share = level > 0 ? Math.max(0, 1 + Math.log10(level) / 3) : 0;
  const isCutOff = level >= cutOff;
  return (
    <div className={className}>
      <div className="h-2 overflow-hidden rounded-full bg-sunken" aria-hidden>
        <i className={look('block h-full', isCutOff ? 'bg-bad' : 'bg-accent')} style={{ width: `${100 * share}%` }} />
      </div>
      <p className="mt-1 flex justify-between gap-3 text-note text-muted tabular-nums">
        {children}
        {isCutOff && <span className="text-bad">Too loud: it is cut off</span>}
      </p>
    </div>
  );
}
