import {
  type ClassifierAliasResource,
  type ClassifierResource,
  EarshotError,
  type ModelComparison,
  type ModelVersionResource,
} from '@earshot/contracts';
import type { ClassifierAliasRow, ClassifierRow, ModelVersionRow } from '@earshot/database';

export function classifierPath(name: string): string {
  return `/api/v1/classifiers/${name}`;
}

export function versionPath(classifier: string, number: number): string {
  return `${classifierPath(classifier)}/versions/${number}`;
}

export function classifierResource(
  { createdAt, updatedAt, ...row }: ClassifierRow,
  aliases: readonly ClassifierAliasRow[],
): ClassifierResource {
  return {
    ...row,
    aliases: aliases.map((alias) => aliasResource(row.name, alias)),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function aliasResource(
  classifier: string,
  { name, number, modelVersionId, version, movedAt }: ClassifierAliasRow,
): ClassifierAliasResource {
  return { classifier, alias: name, version: number, modelVersionId, moves: version, movedAt: movedAt.toISOString() };
}

export function versionResource(
  { number, createdAt, ...row }: ModelVersionRow,
  aliases: readonly ClassifierAliasRow[],
): ModelVersionResource {
  const self = versionPath(row.classifier, number);
  return {
    ...row,
    version: number,
    aliases: aliases.filter(({ modelVersionId }) => modelVersionId === row.id).map(({ name }) => name),
    createdAt: createdAt.toISOString(),
    links: { self, artifact: `${self}/artifact`, archive: `${self}/archive` },
  };
}

/** Versions side by side, with each number that any of them was measured at. */
export function comparisonOf(classifier: string, versions: readonly ModelVersionResource[]): ModelComparison {
  const numbers = versions.map(({ metrics }) => new Map(numbersOf(metrics)));
  const names = [...new Set(numbers.flatMap((of) => [...of.keys()]))].slice(0, mostNames);
  return {
    classifier,
    versions: versions.map(({ version, recipe, profileHash, labels, metrics, createdAt, aliases }) => ({
      version,
      recipe,
      profileHash,
      labels,
      metrics,
      createdAt,
      aliases,
    })),
    metrics: names.map((name) => ({ name, values: numbers.map((of) => of.get(name) ?? null) })),
  };
}

const mostNames = 1_000;

/** The numbers in a document, by their paths; lists, as of a confusion matrix, are not gone into. */
function* numbersOf(document: object, path: string[] = []): Generator<[string, number]> {
  for (const [name, value] of Object.entries(document)) {
    if (typeof value === 'number') yield [[...path, name].join('.'), value];
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) yield* numbersOf(value, [...path, name]);
  }
}

/** A version by the number in a path. */
export function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new EarshotError('MODEL_VERSION_NOT_FOUND', `There is no version ${text.slice(0, 100)}`);
  return Number(text);
}
