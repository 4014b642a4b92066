import type { ClipFile } from '@earshot/sandbox';

/** The function of the sandbox that a handler calls for each clip. */
export type SandboxCall = { name: 'describe' } | { name: 'extract'; profiles: string[] };

/** What bare-sandbox.ts is told. */
export interface BareWork {
  warmUp: ClipFile[];
  files: ClipFile[];
  call: SandboxCall;
}
