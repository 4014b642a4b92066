import { inspect } from 'node:util';

interface LinesOptions {
  isColored: boolean;
  /** The width of the column of names. */
  nameWidth: number;
}

const colors: Record<string, number> = { trace: 90, debug: 90, info: 36, warn: 33, error: 31, fatal: 31 };
/** Fields that a reader at a terminal can do without: the line says them itself, or nobody asks. */
const hidden = new Set(['level', 'time', 'service', 'msg', 'pid', 'hostname']);

/** One line of a service for people: `12:03:04.120 gateway   | info  listening port=8000`. A line that is not JSON stays as it is. */
export function prettyLine(name: string, line: string, { isColored, nameWidth }: LinesOptions): string {
  const record = parse(line);
  if (record === null) return `${' '.repeat(12)} ${name.padEnd(nameWidth)} | ${line}`;
  const { time, level, service, msg } = record;
  const clock = typeof time === 'string' ? time.slice(11, 23) : ' '.repeat(12);
  const levelText = String(level ?? 'info');
  const shownLevel = isColored ? `\u001b[${colors[levelText] ?? 0}m${levelText.padEnd(5)}\u001b[0m` : levelText.padEnd(5);
  const fields = Object.entries(record).filter(([key]) => !hidden.has(key));
  const shown = fields.map(([key, value]) => `${key}=${valueText(value)}`).join(' ');
  return `${clock} ${String(service ?? name).padEnd(nameWidth)} | ${shownLevel} ${msg ?? ''}${shown && ` ${shown}`}`;
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return /^[\w./:@-]+$/.test(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  // An error says what happened; its stack is in the JSON form.
  if ('message' in value && typeof value.message === 'string') return JSON.stringify(value.message);
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 3 });
}
