import type { ModelVersionResource } from '@earshot/contracts';

/** The card of a version as Markdown: the one that its run wrote, or what stands in it with what the registry knows. */
export function cardText({ classifier, version, recipe, profile, labels, card, metrics, createdAt }: ModelVersionResource): string {
  if (typeof card['markdown'] === 'string') return card['markdown'].replace(/(?<!\\)</g, '&lt;');
  const { title = card['name'] ?? `${classifier}, version ${version}`, name: _, ...rest } = card;
  const head = {
    Classifier: `${classifier}, version ${version}`,
    Recipe: recipe,
    Profile: typeof profile === 'string' ? profile : 'defined by its user',
    Labels: labels.join(', '),
    Made: createdAt,
  };
  return [
    `# ${plain(title)}`,
    '',
    ...Object.entries(head).map(([name, value]) => `- **${name}**: ${plain(value)}`),
    '',
    ...sections(rest),
    '## Metrics',
    '',
    ...listed(metrics),
    '',
  ].join('\n');
}

/** Each member of the card is a section of its own. */
function sections(card: Record<string, unknown>): string[] {
  return Object.entries(card).flatMap(([name, value]) => [`## ${headingOf(name)}`, '', ...listed(value), '']);
}

function listed(value: unknown, indent = ''): string[] {
  if (Array.isArray(value)) return listedEntries(value, indent);
  if (!isObject(value)) return [`${indent}${plain(value)}`];
  return Object.entries(value).flatMap(([name, member]) => listedMember(name, member, indent));
}

function listedMember(name: string, member: unknown, indent: string): string[] {
  if (!isObject(member)) return [`${indent}- **${plain(name)}**: ${plain(member)}`];
  return [`${indent}- **${plain(name)}**`, ...listed(member, `${indent}  `)];
}

/** Rows of plain values are a table, anything else a list. */
function listedEntries(entries: readonly unknown[], indent: string): string[] {
  const rows = entries.filter(isObject);
  const isTable = rows.length === entries.length && rows.every((row) => !Object.values(row).some(isObject));
  if (entries.length === 0) return [`${indent}- none`];
  if (isTable) return ['', ...tableOf(rows).map((line) => `${indent}${line}`), ''];
  return entries.flatMap((entry, i) => (isObject(entry) ? listedMember(String(i + 1), entry, indent) : [`${indent}- ${plain(entry)}`]));
}

/** Of lists the columns have no names. */
function tableOf(rows: readonly object[]): string[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = (values: readonly unknown[]) => `| ${values.map((value) => plain(value ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  const head = Array.isArray(rows[0]) ? columns.map(() => '') : columns;
  return [
    cells(head),
    `|${columns.map(() => '---|').join('')}`,
    ...rows.map((row) => cells(columns.map((name) => Reflect.get(row, name)))),
  ];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** `notTestedOn` makes `Not tested on`. */
function headingOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`);
  return plain(words.charAt(0).toUpperCase() + words.slice(1));
}

/** One line, in which nothing is taken for a tag; of numbers four digits are told. */
function plain(value: unknown): string {
  const text = typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  return String(text).replace(/\s+/g, ' ').replaceAll('<', '&lt;').trim();
}
