import { EarshotError } from '@earshot/contracts';
import type { ClaimedItem } from '@earshot/database';
import type { ClipFile, Sandbox, SandboxFunctions } from '@earshot/sandbox';
import type { ClipFiles } from './clip-files.js';
import { KnownFailures } from './known-failures.js';

/** The functions of the sandbox that read a clip. */
type ClipFunction = {
  [Name in keyof SandboxFunctions]: SandboxFunctions[Name]['input'] extends ClipFile ? Name : never;
}[keyof SandboxFunctions];

type OptionsOf<Name extends ClipFunction> = Omit<SandboxFunctions[Name]['input'], keyof ClipFile>;

/** For whom it is done. */
export interface ForJob {
  workspaceId: string;
  jobId: string;
  signal: AbortSignal;
}

export interface Called<Output> {
  /** Of the clip's bytes. */
  sha256: string;
  output: Output;
}

/** Calls functions of the sandbox on items' clips. What fails for reasons of the clip or of what is asked costs once: it fails again without being tried. */
export class ClipCalls {
  private readonly failures = new KnownFailures();

  constructor(
    private readonly files: ClipFiles,
    private readonly sandbox: Sandbox,
  ) {}

  async run<Name extends ClipFunction>(
    name: Name,
    options: OptionsOf<Name>,
    clip: ClaimedItem,
    { workspaceId, jobId, signal }: ForJob,
  ): Promise<Called<SandboxFunctions[Name]['output']>> {
    if (clip.sha256 === null) throw new EarshotError('INTERNAL', `Item ${clip.index} has no clip`);
    const key = JSON.stringify([workspaceId, clip.sha256, name, options]);
    return this.failures.orTry(key, () =>
      this.files.lend(workspaceId, clip, async (file, sha256) => {
        const input = { ...file, ...options } as SandboxFunctions[Name]['input']; // the compiler does not put back together what it took apart
        return { sha256, output: await this.sandbox.run(name, input, { signal, group: jobId }) };
      }),
    );
  }
}
