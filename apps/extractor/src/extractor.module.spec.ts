import 'reflect-metadata';
import { defineTask, describeClips, queueServices, type Task, tasks } from '@earshot/contracts';
import { Database } from '@earshot/database';
import { createLog } from '@earshot/platform';
import { findHandlers, Handles, type TaskHandler } from '@earshot/queue';
import { Sandbox } from '@earshot/sandbox';
import { FolderBlobStore } from '@earshot/storage';
import { VectorStore } from '@earshot/vectors';
import { Injectable } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, NestFactory } from '@nestjs/core';
import { ExtractorModule } from './extractor.module.js';
import { queues } from './start.js';

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

@Injectable()
@Handles(describeClips)
class SecondHandler implements TaskHandler<typeof describeClips> {
  async run(): Promise<void> {
    // never called: that it exists is the fault
  }
}

describe('the handlers of the extractor', () => {
  async function discover(...more: (typeof SecondHandler)[]): Promise<DiscoveryService> {
    const sandbox = new Sandbox({ children: 1, log: silentLog });
    const database = new Database({ url: 'postgresql://nobody@127.0.0.1:1/none', applicationName: 'spec' });
    const log = createLog({ service: 'spec', level: 'silent' });
    const vectors = new VectorStore({ url: undefined });
    const module = await ExtractorModule.with({ database, sandbox, log, store: new FolderBlobStore({ folder: '/nowhere' }), vectors });
    const app = await NestFactory.createApplicationContext(
      { ...module, imports: [DiscoveryModule], providers: [...(module.providers ?? []), ...more] },
      { logger: false },
    );
    await sandbox.close();
    return app.get(DiscoveryService);
  }

  it('are one for each task of its queue', async () => {
    const handlers = findHandlers(await discover(), tasks, ['extract']);
    expect([...handlers.keys()].sort()).toEqual(
      tasks
        .filter(({ queue }) => queue === 'extract')
        .map(({ name }) => name)
        .sort(),
    );
    expect(handlers.size).toBeGreaterThan(0);
  });

  it('refuse to be two for one task, naming them', async () => {
    const discovery = await discover(SecondHandler);
    expect(() => findHandlers(discovery, tasks, ['extract'])).toThrow(
      /^clips\.describe has two handlers: (DescribeClipsHandler, SecondHandler|SecondHandler, DescribeClipsHandler)$/,
    );
  });

  it('refuse to leave a task without one, naming it', async () => {
    const orphan: Task = defineTask({ ...describeClips, name: 'clips.forgotten' });
    const discovery = await discover();
    expect(() => findHandlers(discovery, [...tasks, orphan], ['extract'])).toThrow('No handler for clips.forgotten');
  });

  it('refuse to handle what is a task of no kind, or of another service', async () => {
    const discovery = await discover();
    expect(() => findHandlers(discovery, tasks.slice(1), ['extract'])).toThrow(
      'DescribeClipsHandler handles clips.describe, which is a task of no kind',
    );
    expect(() => findHandlers(discovery, tasks, ['train'])).toThrow('of the queue extract, which is not served here');
  });

  it('are those of the queues that this service is said to serve', () => {
    const said = Object.entries(queueServices).flatMap(([queue, service]) => (service === 'extractor' ? [queue] : []));
    expect(queues).toEqual(said);
  });
});
