import type { MemberRow } from '@earshot/database';

/** Where each member lies in an archive: LABEL/NAME, and LABEL/NAME-2 where that is taken. Nothing of it leads out of its folder. */
export class ArchiveNames {
  private readonly taken = new Set<string>();

  of({ label, filename }: Pick<MemberRow, 'label' | 'filename'>): string {
    const folder = safePart(label);
    const dot = filename.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [filename.slice(0, dot), filename.slice(dot)] : [filename, ''];
    for (let n = 1; ; n++) {
      const path = `${folder}/${safePart(n === 1 ? filename : `${stem}-${n}${ending}`)}`;
      const key = path.toLowerCase(); // some file systems do not tell them apart
      if (this.taken.has(key)) continue;
      this.taken.add(key);
      return path;
    }
  }
}

/** A label may hold anything; a folder's name may not. */
function safePart(text: string): string {
  const safe = text.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_').replace(/^[.\s]+|[.\s]+$/g, (ends) => '_'.repeat(ends.length));
  return safe === '' ? '_' : safe;
}
