import type { MemberRow } from '@earshot/database';

/** Where each member lies in an archive: LABEL/NAME, and LABEL/NAME-2 where that is taken. Nothing of it leads out of its folder. */
export class ArchiveNames {
  private readonly taken = new Set<string>();
  /** The number that each name was last given with: the next of many with the same name does not try all numbers again. */
  private readonly lastNumber = new Map<string, number>();

  of({ label, filename }: Pick<MemberRow, 'label' | 'filename'>): string {
    const folder = safePart(label);
    const dot = filename.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [filename.slice(0, dot), filename.slice(dot)] : [filename, ''];
    const own = `${folder}/${safePart(filename)}`.toLowerCase();
    for (let n = (this.lastNumber.get(own) ?? 0) + 1; ; n++) {
      const path = `${folder}/${safePart(n === 1 ? filename : `${stem}-${n}${ending}`)}`;
      const key = path.toLowerCase(); // some file systems do not tell them apart
      if (this.taken.has(key)) continue;
      this.taken.add(key);
      this.lastNumber.set(own, n);
      return path;
    }
  }
}

/** A label may hold anything; a folder's name may not. */
function safePart(text: string): string {
  const safe = text.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_').replace(/^[.\s]+|[.\s]+$/g, (ends) => '_'.repeat(ends.length));
  return safe === '' ? '_' : safe;
}
