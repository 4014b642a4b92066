import { ago } from './ago.js';

/** When something was: how long ago, and the day and the time under the pointer. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()} className="whitespace-nowrap">
      {ago(at)}
    </time>
  );
}
