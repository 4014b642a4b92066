import { drawMap, mostMapped, type TaskInput } from '@earshot/contracts';
import { directionsOf, getEmbedder, mapOf } from '@earshot/learning';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { inSlices } from './in-slices.js';
import { atLeast, LibraryReader } from './library-vectors.js';

@Injectable()
@Handles(drawMap)
export class DrawMapHandler implements TaskHandler<typeof drawMap> {
  constructor(private readonly library: LibraryReader) {}

  async run(input: TaskInput<typeof drawMap>, context: TaskContext<typeof drawMap>): Promise<void> {
    const { embedder: name, neighbours, seed, profile, profileHash } = input;
    const embedder = getEmbedder(name);
    const { vectors, samples, counts } = await this.library.read({ profile, profileHash, most: mostMapped }, context);
    atLeast(1, counts);
    const directions = await inSlices(directionsOf(vectors, embedder), context);
    const { place, landmarks, trustworthiness } = await inSlices(mapOf(directions, { neighbours, seed }), context);
    const points = samples.map(({ clipId, genre }, row) => ({ clipId, genre, x: rounded(place[2 * row]), y: rounded(place[2 * row + 1]) }));
    context.output({ ...counts, embedder: name, neighbours, seed, landmarks, trustworthiness, points });
  }
}

/** As fine as anybody can see. */
function rounded(coordinate = 0): number {
  return Math.round(coordinate * 1e5) / 1e5;
}
