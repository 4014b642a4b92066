import { Tabs as Radix } from 'radix-ui';
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react';
import { look } from './look.js';
import { useFadedEdges } from './use-faded-edges.js';

export interface Tab {
  id: string;
  title: ReactNode;
  content: ReactNode;
}

const trigger = 'min-h-11 shrink-0 px-4 font-medium text-muted -outline-offset-2 hover:text-ink';
const outer = '-mb-px border-b-2 border-transparent data-[state=active]:border-accent data-[state=active]:text-ink';
const inner = 'min-h-9 rounded-full text-note data-[state=active]:bg-accent-soft data-[state=active]:text-accent-strong';

/** Several views of one thing; the arrow keys go from one to the next. Without `value` it keeps the chosen one itself. */
export function Tabs({
  tabs,
  label,
  value,
  onChange,
  isInner = false,
}: {
  tabs: readonly Tab[];
  label: string;
  value?: string;
  onChange?: (id: string) => void;
  /** Tabs within a tab stand back. */
  isInner?: boolean;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState(tabs[0]?.id);
  const chosen = value ?? own;
  const shown = useDeferredValue(chosen); // the tab answers at once, what is in it comes when it is drawn
  useFadedEdges(list, tabs.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one comes into sight where not all have room
  useEffect(() => {
    const active = list.current?.querySelector<HTMLElement>('[data-state=active]');
    if (list.current && active) list.current.scrollLeft = active.offsetLeft - (list.current.clientWidth - active.clientWidth) / 2;
  }, [chosen]);
  return (
    <Radix.Root
      value={chosen}
      onValueChange={(id) => {
        setOwn(id);
        onChange?.(id);
      }}
    >
      <Radix.List
        ref={list}
        aria-label={label}
        className={look('faded-edges relative mb-5 flex scroll-px-8 gap-1 overflow-x-auto', !isInner && 'border-b border-line')}
      >
        {tabs.map(({ id, title }) => (
          <Radix.Trigger key={id} value={id} className={look(trigger, isInner ? inner : outer)}>
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} value={id}>
          {id === shown && content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
