import type { CSSProperties, ReactNode, Ref } from 'react';
import { look } from './look.js';

/** What scrolls inside of the page is reached by the keyboard too, and has a name. */
export function Scroller({
  label,
  className,
  style,
  children,
  ref,
}: {
  label: string;
  className?: string;
  style?: CSSProperties;
  children: ReactNode;
  ref?: Ref<HTMLElement>;
}) {
  return (
    <section
      ref={ref}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
      tabIndex={0}
      className={look('overflow-auto rounded-field border border-line bg-surface [&_tbody>tr:last-child>*]:border-b-0', className)}
      style={style}
    >
      {children}
    </section>
  );
}
