import { useState } from 'react';
import { counted } from '../../ui/counted.js';
import { Field } from '../../ui/field.js';
import type { Clips } from './batch.js';
import { clipsOfLines } from './clips-of-lines.js';

/** Ids of stored clips, one a line: pasted, or from a file. */
export function FromLines({ onClips }: { onClips: (clips: Clips | null) => void }) {
  const [text, setText] = useState('');
  const read = clipsOfLines(text);
  const take = (next: string) => {
    setText(next);
    const lines = clipsOfLines(next);
    onClips('clips' in lines && lines.clips.length > 0 ? { stored: lines.clips } : null);
  };
  return (
    <div className="space-y-3">
      <Field
        label="One clip a line"
        error={'fault' in read ? read.fault : undefined}
        note={
          'clips' in read && read.clips.length > 0
            ? counted(read.clips.length, 'clip')
            : 'A stored clip by its id, and your own name for it where you have one.'
        }
      >
        {(field) => (
          <textarea
            {...field}
            rows={8}
            spellCheck={false}
            value={text}
            placeholder={'{"clipId": "019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e8a", "customId": "take 1"}'}
            onChange={({ target }) => take(target.value)}
            className="w-full rounded-field border border-edge bg-surface p-3 font-mono text-note placeholder:text-muted aria-invalid:border-bad"
          />
        )}
      </Field>
      <label className="inline-flex min-h-11 items-center text-note font-medium underline underline-offset-2 focus-within:outline-2 focus-within:outline-accent">
        Read a file of lines
        <input
          type="file"
          accept=".jsonl,.ndjson,application/jsonl,text/plain"
          className="sr-only"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void file.text().then(take);
            target.value = '';
          }}
        />
      </label>
    </div>
  );
}
