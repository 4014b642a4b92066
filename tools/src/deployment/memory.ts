/** What a child of the sandbox may hold, and what the extractor itself needs beside them. */
const childMb = 512;
const ownMb = 512;

/** Children of the sandbox that together may hold more than their container may. */
export function faultsOfMemory(where: string, { EARSHOT_SANDBOX_CHILDREN: children }: Record<string, string>, limit: string): string[] {
  if (children === undefined) return [];
  const neededMb = children === '' ? Number.POSITIVE_INFINITY : Number(children) * childMb + ownMb; // by default one for each processor
  return neededMb <= megabytes(limit)
    ? []
    : [`${where}: ${children || 'any number of'} children need ${neededMb} MB, the limit is ${limit}`];
}

/** Of `4g`, `512m` (Compose) or `4Gi`, `512Mi` (Kubernetes). */
function megabytes(limit: string): number {
  const [, size, unit] = /^(\d+)(g|m|gi|mi)$/i.exec(limit) ?? [];
  return Number(size) * (unit?.toLowerCase().startsWith('g') ? 1024 : 1);
}
