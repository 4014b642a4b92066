import { type CSSProperties, type ReactNode, type RefObject, useRef } from 'react';
import { look } from './look.js';
import { useFadedEdges } from './use-faded-edges.js';

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
  ref?: RefObject<HTMLElement | null>;
}) {
  const own = useRef<HTMLElement>(null);
  const section = ref ?? own;
  useFadedEdges(section);
  return (
    <section
      ref={section}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
      tabIndex={0}
      className={look(
        'faded-edges overflow-auto rounded-field -outline-offset-2 border border-line bg-surface [&_tbody>tr:last-child>*]:border-b-0',
        className,
      )}
      style={style}
    >
      {children}
    </section>
  );
}
