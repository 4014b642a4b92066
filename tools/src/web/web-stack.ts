import { TestChroma } from '@earshot/vectors/testing';
import { Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';

type Role = 'gateway' | 'extractor' | 'trainer' | 'indexer';

/** Everything that the web app talks to, as processes of their own on servers of their own. */
export class WebStack {
  private constructor(
    private readonly servers: Servers,
    private readonly chroma: TestChroma,
    private readonly services: Map<Role, Service>,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** `settings` are those of every service. */
  static async start(settings: NodeJS.ProcessEnv = {}): Promise<WebStack> {
    const [servers, chroma] = await Promise.all([Servers.start('notify'), TestChroma.start()]);
    const stack = new WebStack(servers, chroma, new Map(), { ...servers.env, CHROMA_URL: chroma.url, ...settings });
    await stack.startService('gateway');
    await Promise.all((['extractor', 'trainer', 'indexer'] as const).map((role) => stack.startService(role)));
    return stack;
  }

  get url(): string {
    return this.services.get('gateway')?.url ?? '';
  }

  /** Asks the gateway, for what a screen is to find; what it refuses is an error. */
  async ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(new URL(path, this.url), init);
    if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<T>;
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=30' },
      body: JSON.stringify(body),
    });
  }

  /** Waits for the end of a job that was answered; a result that was answered itself has ended. */
  async ended(answered: { id?: string; state: string }): Promise<void> {
    let { state } = answered;
    while (state === 'queued' || state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 200));
      ({ state } = await this.ask<{ state: string }>(`/api/v1/jobs/${answered.id}`));
    }
    if (state !== 'succeeded') throw new Error(`A job ended as ${state}`);
  }

  /** Uploads files; their ids, in their order. */
  async upload(files: readonly { name: string; bytes: Uint8Array<ArrayBuffer> }[]): Promise<string[]> {
    const form = new FormData();
    for (const { name, bytes } of files) form.append('file', new Blob([bytes]), name);
    const { items } = await this.ask<{ items: { id: string }[] }>('/api/v1/clips', { method: 'POST', body: form });
    return items.map(({ id }) => id);
  }

  /** Stops the gateway, lets something happen, and starts it again at the same address. */
  async withoutGateway(during: () => Promise<void>): Promise<void> {
    const { port } = new URL(this.url);
    await this.services.get('gateway')?.stop();
    try {
      await during();
    } finally {
      await this.startService('gateway', Number(port));
    }
  }

  /** Stops whatever takes clips, lets something happen, and starts it again. */
  async withoutWorkers(during: () => Promise<void>): Promise<void> {
    await this.services.get('extractor')?.stop();
    await during();
    await this.startService('extractor');
  }

  async close(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.stop()));
    await Promise.all([this.servers.stop(), this.chroma.stop()]);
  }

  private async startService(role: Role, port?: number): Promise<void> {
    const env = role === 'extractor' ? { ...this.env, EARSHOT_SANDBOX_CHILDREN: '1' } : this.env;
    this.services.set(role, await Service.start(role, { home: this.servers.home, env, port }));
  }
}
