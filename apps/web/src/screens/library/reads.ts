// What is read of the library; everything is under one key, so that a change of it is read again everywhere.
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { queries } from '../../api/queries.js';
import type { components } from '../../generated/openapi.js';

export type Sample = components['schemas']['Sample'];
export type Found = components['schemas']['SampleSearch']['results'][number];
export type LibraryMap = components['schemas']['NewestLibraryMap'];
export type Anomaly = components['schemas']['NewestLibraryAnomalies']['anomalies'][number];
export type Index = components['schemas']['LibraryIndexes']['items'][number];

export const stats = queryOptions({ queryKey: ['library', 'stats'], queryFn: () => answer(api.GET('/api/v1/library/stats')) });

export function readLibraryAgain(): void {
  void queries.invalidateQueries({ queryKey: ['library'] });
}
