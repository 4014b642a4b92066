import { setTimeout as sleep } from 'node:timers/promises';
import { jobResource, type RunResource, runDetail, trainResult } from '@earshot/contracts';
import { Database, type Workspace, Workspaces } from '@earshot/database';
import { z } from 'zod';
import { Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';
import type { ToneClip } from './tone-clips.js';

/** A gateway, an extractor and a trainer (or more) as processes of their own, on servers of their own. */
export class TrainingStack {
  private readonly moreTrainers: Service[] = [];

  private constructor(
    readonly servers: Servers,
    readonly gateway: Service,
    private readonly extractor: Service,
    public trainer: Service,
    readonly database: Database,
    readonly workspace: Workspace,
    private readonly trainerSettings: NodeJS.ProcessEnv,
  ) {}

  static async start({ trainer: trainerSettings = {} }: { trainer?: NodeJS.ProcessEnv } = {}): Promise<TrainingStack> {
    const servers = await Servers.start('notify');
    const { env, home } = servers;
    const gateway = await Service.start('gateway', { home, env });
    const [extractor, trainer] = await Promise.all([
      Service.start('extractor', { home, env: { ...env, EARSHOT_SANDBOX_CHILDREN: '1' } }),
      Service.start('trainer', { home, env: { ...env, ...trainerSettings } }),
    ]);
    const database = new Database({ url: servers.databaseUrl, applicationName: 'training', poolSize: 2 });
    const workspace = await new Workspaces(database).named('default');
    return new TrainingStack(servers, gateway, extractor, trainer, database, workspace, trainerSettings);
  }

  /** Kills the (first) trainer as a machine dies, and starts another. */
  async killTrainer(): Promise<void> {
    await this.trainer.kill();
    this.trainer = await this.startTrainer();
  }

  /** One more beside it. */
  async addTrainer(): Promise<void> {
    this.moreTrainers.push(await this.startTrainer());
  }

  /** Ends the (first) trainer by that signal, and starts one of that build (its folder; null: of this one). */
  async replaceTrainer(signal: 'SIGTERM' | 'SIGKILL', root: string | null): Promise<void> {
    await (signal === 'SIGTERM' ? this.trainer.stop() : this.trainer.kill());
    this.trainer = await this.startTrainer(root);
  }

  private startTrainer(root: string | null = null): Promise<Service> {
    const { home, env } = this.servers;
    return Service.start('trainer', { home, env: { ...env, ...this.trainerSettings }, root: root ?? undefined });
  }

  /** Uploads clips and labels them. */
  async plant(dataset: string, clips: readonly ToneClip[]): Promise<void> {
    const ids: string[] = [];
    for (let from = 0; from < clips.length; from += 100) {
      const form = new FormData();
      for (const { name, bytes } of clips.slice(from, from + 100)) form.append('file', new Blob([bytes]), name);
      const { items } = upload.parse(await this.ask('/api/v1/clips', { method: 'POST', body: form }));
      ids.push(...items.map(({ id }) => id));
    }
    await this.workspace.datasets.create({ name: dataset });
    const changes = clips.map(({ label, group }, i) => ({ clipId: ids[i] ?? '', label, group }));
    await this.workspace.datasets.put(dataset, changes);
  }

  /** Asks for a run; returns its id. */
  async train(options: object): Promise<string> {
    const { id } = jobResource.parse(
      await this.ask('/api/v1/runs', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(options) }),
    );
    return id;
  }

  async run(id: string): Promise<z.output<typeof runDetail>> {
    return runDetail.parse(await this.ask(`/api/v1/runs/${id}`));
  }

  async untilStage(id: string, stage: string, limitSeconds = 60): Promise<void> {
    for (const deadline = Date.now() + limitSeconds * 1_000; Date.now() < deadline; await sleep(50)) {
      const run = await this.run(id);
      if (run.stage === stage && run.taskProgress !== null) return;
    }
    throw new Error(`The run ${id} has not come to ${stage} after ${limitSeconds} s`);
  }

  /** The run, once it has succeeded. */
  async ended(id: string, limitSeconds = 240): Promise<z.output<typeof runDetail> & { result: NonNullable<RunResource['result']> }> {
    for (const deadline = Date.now() + limitSeconds * 1_000; Date.now() < deadline; await sleep(100)) {
      const run = await this.run(id);
      if (run.finishedAt === null) continue;
      if (run.state !== 'succeeded') throw new Error(`The run ${run.state}: ${JSON.stringify(run.error)}\n${this.trainer.lastWords()}`);
      return { ...run, result: trainResult.parse(run.result) };
    }
    throw new Error(`The run ${id} has not ended after ${limitSeconds} s: ${JSON.stringify(await this.run(id))}`);
  }

  /** The hash of the artifact that a run made, by the registry. */
  async artifactOf(id: string): Promise<string> {
    return (await this.workspace.models.versions.withId(id)).artifact.sha256;
  }

  async ask(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(new URL(path, this.gateway.url), init);
    if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async close(): Promise<void> {
    await Promise.all([this.gateway, this.extractor, this.trainer, ...this.moreTrainers].map((service) => service.stop()));
    await this.database.close();
    await this.servers.stop();
  }
}

const upload = z.object({ items: z.array(z.object({ id: z.string() })) });
