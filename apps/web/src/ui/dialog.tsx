import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button } from './button.js';

/** What lies over the page until it is answered; Escape closes it. */
export function Dialog({
  title,
  note,
  isOpen,
  onClose,
  children,
}: {
  title: string;
  note?: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const before = useRef<Element>(null);
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[#000]/50" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveFocusBack(before.current);
          }}
          className="fixed inset-x-0 bottom-0 z-50 max-h-[85dvh] overflow-y-auto rounded-t-card border border-line bg-surface p-6 shadow-over outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[32rem] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-card"
        >
          <div className="mb-4 flex items-center justify-between gap-4">
            <Radix.Title className="text-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <Button look="quiet" size="icon" aria-label="Close">
                <X size={20} aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          {note !== undefined && <p className="mb-4 text-muted">{note}</p>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** To what had it before; to the screen where that is gone. */
function giveFocusBack(to: Element | null): void {
  const target = to?.isConnected && to !== document.body ? to : document.getElementById('content');
  if (target instanceof HTMLElement) target.focus();
}
