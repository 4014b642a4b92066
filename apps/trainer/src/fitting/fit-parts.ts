import { cpus } from 'node:os';
import type { FitPart, FitPoint, Fitted, TrainPlan } from '@earshot/contracts';
import { fusesMultiplyAdd, recipes } from '@earshot/learning';
import { candidates } from './chosen-fit.js';
import { codeVersion } from './code-version.js';

/** What this process computes by. */
export function ownPart(backend: string): FitPart {
  return { code: codeVersion(), node: process.version, backend, processor: ownProcessor() };
}

/** Its name and how it rounds: a virtual machine may be given one without the instruction. */
function ownProcessor(): string {
  return `${process.arch} ${cpus()[0]?.model ?? 'unknown'}, ${fusesMultiplyAdd() ? 'with' : 'without'} fused multiply-add`;
}

/** Of whom a version that does not keep it says nothing. */
export const unknownPart = { code: 'unknown', node: 'unknown', backend: 'unknown', processor: 'unknown' } as const satisfies FitPart;

/** All who computed a training that this process goes on with, each once, this one last. A version that does not keep them leaves one of whom nothing is known. */
export function partsWith(own: FitPart, begun: Pick<FitPoint, 'by' | 'backend'> | null): FitPart[] {
  if (begun === null) return [own];
  const before = begun.by ?? [{ ...unknownPart, backend: begun.backend ?? unknownPart.backend }];
  return [...before.filter((part) => keyOf(part) !== keyOf(own)), own];
}

/**
 * Why the same data, settings and seed need not give the same weights again; null: they do, where the same computes. All trials of a search
 * have a say in which one is kept.
 */
export function whyNotReproducible(
  fits: readonly Pick<Fitted, 'purpose' | 'by' | 'end'>[],
  { code }: Pick<TrainPlan, 'code'>,
  recipe: string,
): string | null {
  const deciding = candidates(fits);
  const by = deciding.flatMap((fit) => fit.by ?? [unknownPart]);
  if (code === null || [code, ...by.map((part) => part.code)].includes(unknownPart.code))
    return 'a version of Earshot took part that does not say by what it computes';
  if (by.some(({ backend }) => backend === 'native')) return 'TensorFlow computed it, and promises nothing of the last bit';
  const isExact = recipes.get(recipe)?.family !== 'network'; // the same on every processor
  const computing = new Set(by.map((part) => keyOf(isExact ? { ...part, processor: '' } : part)));
  const what = deciding.length > 1 ? 'its trials' : 'it, one after the other';
  if (computing.size > 1) return `${computing.size} programs or processors computed ${what}`;
  if (by.some((part) => part.code !== code)) return 'one version planned it, and another one computed it';
  return deciding.map(({ end }) => endedBy[end]).find((why) => why !== null) ?? null;
}

/** How far a training has come when a clock or a caller ends it is another matter each time. */
const endedBy: Record<Fitted['end'], string | null> = {
  epochs: null,
  'early stopping': null,
  stopped: 'it was stopped by a request, wherever it was then',
  'time budget': 'its time budget ended it, wherever it was then',
};

const keyOf = ({ code, node, backend, processor }: FitPart) => JSON.stringify([code, node, backend, processor]);
