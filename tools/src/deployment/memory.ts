/** What a child of the extractor's sandbox may hold, and what a worker itself needs beside its children. */
const childMb = 512;
const ownMb = 512;

/** Children that together may hold more than their container may. */
export function faultsOfMemory(where: string, env: Record<string, string>, limit: string): string[] {
  const { EARSHOT_SANDBOX_CHILDREN: children, EARSHOT_TRAININGS: trainings, EARSHOT_TRAINING_MEMORY_MB: trainingMb } = env;
  if (children !== undefined) return faultsOf(where, { count: children, each: String(childMb), what: 'children' }, limit);
  return trainings === undefined ? [] : faultsOf(where, { count: trainings, each: trainingMb ?? '', what: 'trainings' }, limit);
}

function faultsOf(where: string, { count, each, what }: { count: string; each: string; what: string }, limit: string): string[] {
  const isKnown = count !== '' && each !== ''; // what is left to the program may be any number
  const neededMb = isKnown ? Number(count) * Number(each) + ownMb : Number.POSITIVE_INFINITY;
  return neededMb <= megabytes(limit) ? [] : [`${where}: ${count || 'any number of'} ${what} need ${neededMb} MB, the limit is ${limit}`];
}

/** Of `4g`, `512m` (Compose) or `4Gi`, `512Mi` (Kubernetes). */
function megabytes(limit: string): number {
  const [, size, unit] = /^(\d+)(g|m|gi|mi)$/i.exec(limit) ?? [];
  return Number(size) * (unit?.toLowerCase().startsWith('g') ? 1024 : 1);
}
