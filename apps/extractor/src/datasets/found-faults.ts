import { type ClipPlace, type DatasetFault, type FaultKind, placesShown } from '@earshot/contracts';

/** A place by the indexes of its clips. */
interface Place {
  what: string;
  clips: number[];
}

/** Of a place so many clips are named. */
const clipsShown = 10;

/** Faults as they are found: all counted, the first of each kind kept. */
export class FoundFaults {
  private readonly found = new Map<FaultKind, { count: number; places: Place[] }>();

  add(kind: FaultKind, what: string, clips: readonly number[]): void {
    const fault = this.found.get(kind) ?? { count: 0, places: [] };
    this.found.set(kind, fault);
    fault.count += 1;
    if (fault.places.length < placesShown) fault.places.push({ what, clips: clips.slice(0, clipsShown) });
  }

  /** The indexes of all clips that are named. */
  get indexes(): number[] {
    const all = [...this.found.values()].flatMap(({ places }) => places.flatMap(({ clips }) => clips));
    return [...new Set(all)].sort((a, b) => a - b);
  }

  faults(placeOf: ReadonlyMap<number, ClipPlace>): DatasetFault[] {
    return [...this.found].map(([kind, { count, places }]) => ({
      kind,
      count,
      places: places.map(({ what, clips }) => ({ what, clips: clips.flatMap((index) => placeOf.get(index) ?? []) })),
    }));
  }
}
