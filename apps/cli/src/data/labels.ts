import { EarshotError } from '@earshot/contracts';

/** A file of a source: where its bytes are on this machine, and its path within the source, which is data and opens nothing. */
export interface SourceFile {
  at: string;
  path: string;
  /** What a manifest says of it. */
  said?: { label: string | null; group: string | null; fold: number | null };
  /** All cells of its row. */
  cells?: Readonly<Record<string, unknown>>;
}

export interface LabelledFile extends SourceFile {
  label: string | null;
  group: string | null;
  fold: number | null;
}

export type Rule = { from: 'folder' } | { from: 'column' } | { from: 'prefix'; part: number };

export function ruleOf(option: string, text: string | undefined): Rule | undefined {
  if (text === undefined) return undefined;
  const [, part] = /^prefix(?::([1-9]\d?))?$/.exec(text) ?? [];
  if (text.startsWith('prefix') && /^prefix(:[1-9]\d?)?$/.test(text)) return { from: 'prefix', part: Number(part ?? 1) };
  if (text === 'folder' || text === 'column') return { from: text };
  throw new EarshotError('REQUEST_INVALID', `${option} is folder, prefix, prefix:N or column, not ${text}`);
}

/** Labels and groups by their rules: what a manifest says by default, where there is none the folder, and no group. */
export function withLabels<File extends SourceFile>(
  files: readonly File[],
  { labels, groups }: { labels?: Rule; groups?: Rule },
): (File & LabelledFile)[] {
  const isLabelByFolder = (labels ?? { from: 'folder' }).from === 'folder';
  return files.map((file) => ({
    ...file,
    label:
      labels === undefined && file.said !== undefined ? file.said.label : wordOf(labels ?? { from: 'folder' }, file, 1, file.said?.label),
    // Where the label is the folder, the group is the folder above it.
    group: groups === undefined ? (file.said?.group ?? null) : wordOf(groups, file, isLabelByFolder ? 2 : 1, file.said?.group),
    fold: file.said?.fold ?? null,
  }));
}

function wordOf(rule: Rule, { path }: SourceFile, level: number, column: string | null | undefined): string | null {
  if (rule.from === 'column') return column ?? null;
  const parts = path.split('/');
  if (rule.from === 'folder') return parts.at(-1 - level) ?? null;
  const words = (parts.at(-1) ?? '').replace(/\.[^.]*$/, '').split('_');
  return (words.length > rule.part || rule.part > 1 ? words[rule.part - 1] : undefined) || null;
}
