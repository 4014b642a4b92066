import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const rules = z.object({
  groups: z.array(
    z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ summary: z.string() }) })) }),
  ),
});

/** The metrics that programs register, by the names in their sources. */
async function registeredMetrics(): Promise<Set<string>> {
  const files = (await Promise.all(['apps', 'libs'].map(sourcesIn))).flat();
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return new Set(texts.flatMap((text) => Array.from(text.matchAll(/name: '(earshot_[a-z_]+)'/g), ([, name]) => `${name}`)));
}

async function sourcesIn(folder: string): Promise<string[]> {
  const paths = await readdir(folder, { recursive: true });
  return paths.filter((path) => /^[^/]+\/src\/.*(?<!\.spec)\.ts$/.test(path)).map((path) => `${folder}/${path}`);
}

describe('the alerts', () => {
  it('ask for metrics that a program has, each by its own name', async () => {
    const metrics = await registeredMetrics();
    expect(metrics.size).toBeGreaterThan(5);
    const alerts = rules.parse(parse(await readFile('deploy/prometheus/alerts.yml', 'utf8'))).groups.flatMap((group) => group.rules);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    const asked = alerts
      .flatMap(({ expr }) => expr.match(/earshot_[a-z_]+/g) ?? [])
      .map((name) => name.replace(/_(count|sum|bucket)$/, ''));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !metrics.has(name))).toEqual([]);
  });

  it('and the manual name every metric there is', async () => {
    const manual = await readFile('docs/operating.md', 'utf8');
    expect([...(await registeredMetrics())].filter((name) => !manual.includes(`\`${name}`))).toEqual([]);
  });
});
