/** What a file is called and, where a folder was chosen, in which it lies. */
export interface Given {
  name: string;
  webkitRelativePath: string;
}

export type LabelsFrom = 'one' | 'folder' | 'prefix';

/** The label of a file: of a folder the one that it lies in, of a prefix its name up to the first `_`; null where there is none. */
export function labelOf({ name, webkitRelativePath }: Given, from: LabelsFrom, one: string): string | null {
  if (from === 'one') return one === '' ? null : one;
  if (from === 'prefix') return name.includes('_') ? (name.split('_')[0] ?? null) || null : null;
  return webkitRelativePath.split('/').at(-2) ?? null;
}

/** What of a chosen folder is sound, by its name; the server looks into each. */
export function isSound({ name }: Given): boolean {
  return /\.(wav|wave|flac|ogg|oga|opus|mp3|m4a|aac|aif|aiff|webm|mp4)$/i.test(name);
}
