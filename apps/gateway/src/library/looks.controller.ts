import {
  anomaliesShown,
  EarshotError,
  findAnomaliesJob,
  type Kind,
  type LibraryAnomalies,
  libraryAnomalies,
  libraryMap,
  libraryMapJob,
  type NamedLibraryMap,
  type Newest,
} from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Controller, Get, Inject } from '@nestjs/common';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { QueryOf } from '../requests/query.js';
import { WORKSPACE } from '../tokens.js';

const mapQuery = z.strictObject({
  embedder: z.string().min(1).max(80).optional().meta({ description: 'The newest by this one; by default the newest of all' }),
});

const anomaliesQuery = z.strictObject({
  method: findAnomaliesJob.input.shape.method
    .unwrap()
    .optional()
    .meta({ description: 'The newest by this one; by default the newest of all' }),
  genre: z.string().min(1).max(255).optional().meta({ description: 'Only those of it' }),
  limit: z.int().min(1).max(anomaliesShown).default(100),
});

/** So many of the newest are looked through for one with other options. */
const looks = 50;

/** The newest results of looks at the library as a whole; what has left the library since is left out, all else has its name of now. */
@Controller('api/v1/library')
export class LooksController {
  constructor(@Inject(WORKSPACE) private readonly workspace: Workspace) {}

  @Operation({
    id: 'getLibraryMap',
    tag: 'Library',
    summary: 'The newest map of the library',
    description: `Asked for by \`POST /api/v1/${libraryMapJob.route}\`.`,
    query: mapQuery,
    answers: { 200: { description: 'The map', content: json('NewestLibraryMap') } },
    problems: ['NOT_COMPUTED'],
  })
  @Get('map')
  async map(@QueryOf(mapQuery) query: z.output<typeof mapQuery>): Promise<Answer<Newest<NamedLibraryMap>>> {
    const newest = await this.newest(libraryMapJob, libraryMap, query);
    return ok({ ...newest, points: await this.stillThere(newest.points) });
  }

  @Operation({
    id: 'getLibraryAnomalies',
    tag: 'Library',
    summary: 'What does not belong to the library, by the newest search for it',
    description: `Asked for by \`POST /api/v1/${findAnomaliesJob.route}\`.`,
    query: anomaliesQuery,
    answers: { 200: { description: 'The first by rank', content: json('NewestLibraryAnomalies') } },
    problems: ['NOT_COMPUTED'],
  })
  @Get('anomalies')
  async anomalies(
    @QueryOf(anomaliesQuery) { genre, limit, method }: z.output<typeof anomaliesQuery>,
  ): Promise<Answer<Newest<LibraryAnomalies>>> {
    const newest = await this.newest(findAnomaliesJob, libraryAnomalies, { method });
    const wanted = newest.anomalies.filter((anomaly) => genre === undefined || anomaly.genre === genre);
    return ok({ ...newest, anomalies: (await this.stillThere(wanted)).slice(0, limit) });
  }

  /** The newest that was asked for with these options, of those that are given; older than `looks` jobs it is none. */
  private async newest<Result extends z.ZodObject>(
    kind: Kind,
    schema: Result,
    wanted: Record<string, unknown>,
  ): Promise<Newest<z.output<Result>>> {
    const jobs = await this.workspace.jobs.page({ kind: kind.kind, state: 'succeeded' }, null, looks);
    const options = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const job = jobs.find(({ input }) => options.every(([name, value]) => Object(input)[name] === value));
    const result = job === undefined ? null : await this.workspace.jobs.result(job.id);
    if (job === undefined || job.finishedAt === null || result === null)
      throw new EarshotError(
        'NOT_COMPUTED',
        `There is none yet: ask for one by POST /api/v1/${kind.route}, and read it when that job has ended`,
      );
    return { ...schema.parse(result), jobId: job.id, finishedAt: job.finishedAt.toISOString() };
  }

  private async stillThere<Told extends { clipId: string }>(told: readonly Told[]): Promise<(Told & { filename: string })[]> {
    const samples = await this.workspace.samples.ofClips(told.map(({ clipId }) => clipId));
    const names = new Map(samples.map(({ clipId, filename }) => [clipId, filename]));
    return told.flatMap((one) => {
      const filename = names.get(one.clipId);
      return filename === undefined ? [] : [{ ...one, filename }];
    });
  }
}
