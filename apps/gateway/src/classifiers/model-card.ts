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
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) return value.map((entry) => `${indent}- ${plain(entry)}`);
  if (Array.isArray(value)) return [`${indent}\`${JSON.stringify(value)}\``];
  if (typeof value !== 'object' || value === null) return [`${indent}${plain(value)}`];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'object' && member !== null
      ? [`${indent}- **${plain(name)}**`, ...listed(member, `${indent}  `)]
      : [`${indent}- **${plain(name)}**: ${plain(member)}`],
  );
}

/** `notTestedOn` makes `Not tested on`. */
function headingOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`);
  return plain(words.charAt(0).toUpperCase() + words.slice(1));
}

/** One line, in which nothing is taken for a tag. */
function plain(value: unknown): string {
  return String(value).replace(/\s+/g, ' ').replaceAll('<', '&lt;').trim();
}
