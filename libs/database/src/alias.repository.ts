import type { Database } from './database.js';

export interface AliasRow {
  target: string;
  /** How often it has been moved; `alias.move` names it to tell that nobody moved it meanwhile. */
  version: number;
  movedAt: Date;
}

/** The names of one workspace that point at versions of something. Tasks move them, by the effect `alias.move`. */
export class AliasRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  find(scope: string, name: string): Promise<AliasRow | null> {
    return this.database.prisma.alias.findUnique({
      where: { workspaceId_scope_name: { workspaceId: this.workspaceId, scope, name } },
      select: { target: true, version: true, movedAt: true },
    });
  }
}
