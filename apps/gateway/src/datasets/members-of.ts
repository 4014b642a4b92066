import type { MemberRow, Workspace } from '@earshot/database';

const membersPerRead = 1_000;

/** All members of a version, read page by page. */
export async function* membersOf(datasets: Pick<Workspace['datasets'], 'members'>, versionId: string): AsyncGenerator<MemberRow[]> {
  for (let after = -1; ; after += membersPerRead) {
    const page = await datasets.members(versionId, after, membersPerRead);
    if (page.length > 0) yield page;
    if (page.length < membersPerRead) return;
  }
}
