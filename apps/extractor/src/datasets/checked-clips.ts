import { Numbering } from '@earshot/learning';

export const none = -1;

/** What is held of each clip of a dataset: numbers, so that a million of them fit into memory. */
export class CheckedClips {
  readonly labels = new Numbering();
  readonly groups = new Numbering();
  readonly audios = new Numbering();
  readonly labelOf: Int32Array;
  /** `none`: it has no group, or no fold. */
  readonly groupOf: Int32Array;
  readonly foldOf: Int32Array;
  /** Its audio, the same for the same samples; `none`: it could not be read. */
  readonly audioOf: Int32Array;
  /** Neither unreadable nor silent. */
  readonly isUsable: Uint8Array;

  constructor(readonly count: number) {
    this.labelOf = new Int32Array(count).fill(none);
    this.groupOf = new Int32Array(count).fill(none);
    this.foldOf = new Int32Array(count).fill(none);
    this.audioOf = new Int32Array(count).fill(none);
    this.isUsable = new Uint8Array(count);
  }

  labelName(clip: number): string {
    return this.labels.names[this.labelOf[clip]!] ?? '';
  }

  /** In the same group, as far as both have one. */
  shareGroup(a: number, b: number): boolean {
    return this.groupOf[a] !== none && this.groupOf[a] === this.groupOf[b];
  }

  /** On different sides of a split that came with the data. */
  areInDifferentFolds(a: number, b: number): boolean {
    return this.foldOf[a] !== none && this.foldOf[b] !== none && this.foldOf[a] !== this.foldOf[b];
  }
}
