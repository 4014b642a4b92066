import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ComponentProps, type CSSProperties, type RefObject, useLayoutEffect, useRef, useState } from 'react';

interface InSight<Row> {
  /** Of the list. */
  list: RefObject<HTMLUListElement | null>;
  /** Of the list: room for the rows out of sight. */
  style: CSSProperties;
  shown: readonly Row[];
  /** Of each row that is shown: it is measured, and says which of all it is. */
  rowProps: (shownPlace: number) => Pick<ComponentProps<'li'>, 'ref' | 'aria-posinset' | 'aria-setsize'> & { 'data-index': number };
}

/** Of a long list that scrolls with the page, the rows in sight and some around them; the others are not drawn. */
export function useRowsInSight<Row>(
  rows: readonly Row[],
  { idOf, usualHeight }: { idOf: (row: Row) => string; usualHeight: number },
): InSight<Row> {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // What stands above the list grows and shrinks without a word to it.
  useLayoutEffect(() => {
    const now = (list.current?.getBoundingClientRect().top ?? 0) + scrollY;
    if (Math.abs(now - top) > 1) setTop(now);
  });
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => usualHeight,
    getItemKey: (place) => {
      const row = rows[place];
      return row === undefined ? place : idOf(row);
    },
    overscan: 8,
    scrollMargin: top,
  });
  const inSight = virtual.getVirtualItems();
  return {
    list,
    style: { paddingTop: (inSight[0]?.start ?? top) - top, paddingBottom: virtual.getTotalSize() + top - (inSight.at(-1)?.end ?? top) },
    shown: inSight.flatMap(({ index }) => rows[index] ?? []),
    rowProps: (shownPlace) => {
      const index = inSight[shownPlace]?.index ?? 0;
      return { ref: virtual.measureElement, 'data-index': index, 'aria-posinset': index + 1, 'aria-setsize': rows.length };
    },
  };
}
