import { EarshotError } from '@earshot/contracts';

export interface ManifestRow {
  /** Relative to the manifest. */
  file: string;
  label: string | null;
  group: string | null;
  fold: number | null;
  /** All that it says. */
  cells: Readonly<Record<string, unknown>>;
  /** A version of a dataset has lost it: there is no file. */
  isLost: boolean;
}

export function isManifest(path: string): boolean {
  return /\.(csv|jsonl)$/i.test(path);
}

/** CSV with a header, or JSON lines, with the members file (also `filename`), label (also `genre`), group and fold. */
export function readManifest(path: string, text: string): ManifestRow[] {
  const rows = /\.jsonl$/i.test(path) ? jsonRows(path, text) : csvRows(path, text);
  return rows.map((row, i) => {
    const value = (name: string) => (row[name] === undefined || row[name] === null || row[name] === '' ? null : String(row[name]));
    const [file, fold] = [value('file') ?? value('filename'), value('fold')];
    const fail = (what: string) => new EarshotError('REQUEST_INVALID', `${path}, entry ${i + 1}: ${what}`);
    if (file === null) throw fail('it names no file');
    if (fold !== null && !/^\d{1,5}$/.test(fold)) throw fail(`the fold ${fold} is no whole number`);
    return {
      file,
      label: value('label') ?? value('genre'),
      group: value('group'),
      fold: fold === null ? null : Number(fold),
      cells: row,
      isLost: value('lost') === 'true',
    };
  });
}

/** The list of ESC-50 and of what is laid out like it (`meta/esc50.csv`): the category is the label, the recording it was cut from the group. */
export function readEsc50(path: string, text: string): ManifestRow[] {
  return csvRows(path, text).map((row, i) => {
    const value = (name: string) => {
      const cell = row[name];
      if (typeof cell === 'string' && cell !== '') return cell;
      throw new EarshotError('REQUEST_INVALID', `${path}, entry ${i + 1}: it has no ${name}`);
    };
    const fold = value('fold');
    if (!/^\d{1,5}$/.test(fold)) throw new EarshotError('REQUEST_INVALID', `${path}, entry ${i + 1}: the fold ${fold} is no whole number`);
    return { file: value('filename'), label: value('category'), group: value('src_file'), fold: Number(fold), cells: row, isLost: false };
  });
}

type Row = Readonly<Record<string, unknown>>;

function jsonRows(path: string, text: string): Row[] {
  return text.split('\n').flatMap((line, i): Row[] => {
    if (line.trim() === '') return [];
    try {
      return [Object(JSON.parse(line))];
    } catch (error) {
      throw new EarshotError('BODY_MALFORMED', `${path}, line ${i + 1} is not JSON`, { cause: error });
    }
  });
}

function csvRows(path: string, text: string): Row[] {
  const [header, ...rows] = cellsOf(text.replace(/^\ufeff/, ''));
  if (header === undefined || !header.some((name) => name === 'file' || name === 'filename'))
    throw new EarshotError('REQUEST_INVALID', `${path}: its first line has no column file`);
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name.trim(), cells[i] ?? ''])));
}

/** RFC 4180: quoted cells hold commas, line ends and doubled quotes. An apostrophe that guards against formulas is taken away. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push((quoted?.replaceAll('""', '"') ?? plain ?? '').replace(/^'(?=[=+\-@\t\r])/, ''));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}
