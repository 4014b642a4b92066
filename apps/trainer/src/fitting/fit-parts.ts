import { cpus } from 'node:os';
import type { FitPart, FitPoint, Fitted, TrainPlan } from '@earshot/contracts';
import { recipes } from '@earshot/learning';
import { codeVersion } from './code-version.js';

/** What this process computes by. */
export function ownPart(backend: string): FitPart {
  return { code: codeVersion(), node: process.version, backend, processor: `${process.arch} ${cpus()[0]?.model ?? 'unknown'}` };
}

/** Of whom a version that does not keep it says nothing. */
export const unknownPart = { code: 'unknown', node: 'unknown', backend: 'unknown', processor: 'unknown' } as const satisfies FitPart;

/** All who computed a training that this process goes on with, each once, this one last. A version that does not keep them leaves one of whom nothing is known. */
export function partsWith(own: FitPart, begun: Pick<FitPoint, 'by' | 'backend'> | null): FitPart[] {
  if (begun === null) return [own];
  const before = begun.by ?? [{ ...unknownPart, backend: begun.backend ?? unknownPart.backend }];
  return [...before.filter((part) => keyOf(part) !== keyOf(own)), own];
}

/** Why the same data, settings and seed need not give the same weights again; null: they do, where the same computes. */
export function whyNotReproducible({ by }: Pick<Fitted, 'by'>, { code }: Pick<TrainPlan, 'code'>, recipe: string): string | null {
  if (by === null || code === null || by.some((part) => part.code === unknownPart.code))
    return 'a version of Earshot took part that does not say by what it computes';
  if (by.some(({ backend }) => backend === 'native')) return 'TensorFlow computed it, and promises nothing of the last bit';
  const isExact = recipes.get(recipe)?.family !== 'network'; // the same on every processor
  const computing = new Set(by.map((part) => keyOf(isExact ? { ...part, processor: '' } : part)));
  if (computing.size > 1) return `${computing.size} programs or processors computed it, one after the other`;
  return by.some((part) => part.code !== code) ? 'one version planned it, and another one computed it' : null;
}

const keyOf = ({ code, node, backend, processor }: FitPart) => JSON.stringify([code, node, backend, processor]);
