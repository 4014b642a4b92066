import { type RefObject, useEffect } from 'react';

/** Says on the element itself to which sides it can be scrolled on; with `faded-edges` these sides fade. `parts` are the children that it has. */
export function useFadedEdges(ref: RefObject<HTMLElement | null>, parts = 1): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: new children are to be watched too
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const mark = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      element.toggleAttribute('data-more-left', scrollLeft > 1);
      element.toggleAttribute('data-more-right', scrollWidth - clientWidth - scrollLeft > 1);
    };
    const sizes = new ResizeObserver(mark);
    for (const watched of [element, ...element.children]) sizes.observe(watched);
    element.addEventListener('scroll', mark, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', mark);
    };
  }, [ref, parts]);
}
