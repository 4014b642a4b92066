import type { ReactNode } from 'react';
import { look } from './look.js';

/** What answered the question before stays until this one is answered: seen to be old, and not to be pressed. */
export function Stale({ isOld, children }: { isOld: boolean; children: ReactNode }) {
  return (
    <div aria-busy={isOld} inert={isOld} className={look(isOld && 'opacity-50')}>
      {children}
    </div>
  );
}
