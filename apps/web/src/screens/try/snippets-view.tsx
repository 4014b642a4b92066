import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.js';
import { Scroller } from '../../ui/scroller.js';
import { Tabs } from '../../ui/tabs.js';
import { type Asked, type Snippet, snippetsOf } from './snippets.js';

/** Do this from your code. */
export function Snippets(asked: Asked) {
  return (
    <Tabs
      isInner
      label="Languages"
      tabs={snippetsOf(asked).map((snippet) => ({ id: snippet.id, title: snippet.title, content: <Code {...snippet} /> }))}
    />
  );
}

function Code({ title, code, run }: Snippet) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  // Browsers give the clipboard to pages by https and of this machine only; elsewhere the text is selected by hand.
  const canCopy = navigator.clipboard !== undefined;
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <p className="text-note text-muted">{run}</p>
        {canCopy && (
          <Button look="plain" size="small" onClick={() => void copy()} aria-label={`Copy as ${title}`}>
            {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </div>
      <Scroller label={`${title} code`} className="bg-sunken">
        <pre className="p-4 font-mono text-note" data-snippet={title}>
          {code}
        </pre>
      </Scroller>
    </div>
  );
}
