import { Controller, Get } from '@nestjs/common';
import { Operation } from '../../docs/operation.js';
import { etagHeader, ifNoneMatch } from '../../docs/shared-parts.js';
import type { Answer } from '../../requests/answer.js';
import { etagOf } from '../../requests/etag.js';
import { talentTag as tag } from '../talent-tag.js';
import { type ChartName, TalentCharts } from './talent-charts.service.js';

const chartOperation = {
  tag,
  description: 'Box plots of the stored features. Where nothing is stored yet this is `NOT_COMPUTED`.',
  requestHeaders: [ifNoneMatch],
  answers: {
    200: { description: 'The picture', content: { 'image/png': { schema: { type: 'string', format: 'binary' } } }, headers: etagHeader },
    304: { description: 'You have it already', headers: etagHeader },
  },
  problems: ['NOT_COMPUTED', 'STORAGE_UNAVAILABLE'],
} satisfies Partial<Parameters<typeof Operation>[0]>;

/** The old talent system's pictures. */
@Controller('api/v1/visualizations')
export class TalentChartsController {
  constructor(private readonly charts: TalentCharts) {}

  @Operation({ ...chartOperation, id: 'getTalentMfccChart', summary: 'Draws how the MFCCs of uploaded clips are distributed, by label' })
  @Get('mfcc')
  mfcc(): Promise<Answer> {
    return this.answer('mfcc');
  }

  @Operation({
    ...chartOperation,
    id: 'getTalentSpectralChart',
    summary: 'Draws how centroid, rolloff, zero crossings and RMS of uploaded clips are distributed, by label',
  })
  @Get('spectral')
  spectral(): Promise<Answer> {
    return this.answer('spectral');
  }

  /** Whoever has the picture of the same figures is told so before it is drawn again. */
  private async answer(name: ChartName): Promise<Answer> {
    const svg = await this.charts.svg(name);
    const headers = { ETag: etagOf(svg), 'Cache-Control': 'private, no-cache' };
    return { status: 200, headers, body: { type: 'image/png', stream: async () => onePiece(await this.charts.png(name, svg)) } };
  }
}

async function* onePiece(bytes: Uint8Array) {
  yield bytes;
}
