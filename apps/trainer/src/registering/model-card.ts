import type { Evaluated, Fitted, TrainInput, TrainPlan } from '@earshot/contracts';

/** What a reader of a model has to know: what it was made from, what it is worth, and where nobody has looked. */
export interface ModelCard {
  title: string;
  recipe: string;
  profile: string;
  trainedOn: { dataset: string; version: number; hash: string; labels: string[]; counts: TrainPlan['counts']; groups: number };
  evaluation: {
    split: TrainPlan['split'];
    accuracy: number | null;
    balancedAccuracy: number | null;
    baseline: number | null;
    support: number;
    interval: { low: number; high: number } | null;
    otherSplit: { split: string; accuracy: number | null } | null;
    permutedLabels: number | null;
    calibrationError: number | null;
  };
  /** Why training again need not give the same weights; null where it does. */
  notReproducible: string | null;
  notTestedOn: string[];
  markdown: string;
}

interface CardParts {
  input: TrainInput;
  plan: TrainPlan;
  fit: Fitted;
  metrics: Evaluated;
  notReproducible: string | null;
}

export function modelCard(parts: CardParts): ModelCard {
  const { input, plan, metrics, notReproducible } = parts;
  const { test, otherSplit, permuted } = metrics;
  const card = {
    title: `${input.classifier}, trained on ${input.dataset} ${input.datasetVersion}`,
    recipe: input.recipe,
    profile: typeof input.profile === 'string' ? input.profile : 'a definition of its own',
    trainedOn: {
      dataset: input.dataset,
      version: input.datasetVersion,
      hash: input.datasetHash,
      labels: plan.labels,
      counts: plan.counts,
      groups: plan.groups,
    },
    evaluation: {
      split: plan.split,
      accuracy: test?.accuracy ?? null,
      balancedAccuracy: test?.balancedAccuracy ?? null,
      baseline: test?.baseline.mostFrequent ?? null,
      support: test?.support ?? 0,
      interval: test?.accuracyInterval.byGroup ?? test?.accuracyInterval.byRow ?? null,
      otherSplit: otherSplit === null ? null : { split: otherSplit.split, accuracy: otherSplit.test.accuracy },
      permutedLabels: permuted?.accuracy ?? null,
      calibrationError: test?.calibration.ece ?? null,
    },
    notReproducible,
    notTestedOn: notTestedOn(parts),
  };
  return { ...card, markdown: markdownOf(card, parts) };
}

/** What the figures say nothing of. */
function notTestedOn({ input, plan, metrics }: CardParts): string[] {
  const { test } = metrics;
  const untested = test?.perLabel.filter(({ support }) => support === 0).map(({ label }) => label) ?? plan.labels;
  const few =
    test?.perLabel.filter(({ support }) => support > 0 && support < 10).map(({ label, support }) => `${label} (${support})`) ?? [];
  return [
    'Sounds of any other source, room, microphone or language than those of the dataset',
    `Sounds of none of its ${plan.labels.length} labels: it answers one of them, unless thresholds are set`,
    ...(plan.groups === 0 ? ['Other recordings or speakers than those it was trained on: the dataset does not tell them apart'] : []),
    ...(plan.groupsAcross > 0 ? [`Other recordings or speakers: ${plan.groupsAcross} stand on both sides of the split`] : []),
    ...heardBefore(plan),
    ...(untested.length > 0 ? [`Labels without a held-out clip: ${untested.join(', ')}`] : []),
    ...(few.length > 0 ? [`Labels with fewer than ten held-out clips: ${few.join(', ')}`] : []),
    ...(plan.counts.lost > 0 ? [`${plan.counts.lost} clips of the version, which had been deleted`] : []),
    ...(input.permutedBaseline ? [] : ['Labels dealt at random: nobody has looked whether it scores above the baseline on them']),
  ];
}

function heardBefore({ heard, counts }: TrainPlan): string[] {
  if (heard === null) return ['Clips that are new to it: what the model was made from that it started from is not known'];
  if (heard === 0) return [];
  return [`Clips that are new to it: ${heard} of the ${counts.test} held out were in the data of the model that it started from`];
}

/** By whom, and what is to be expected of the same training once more. */
function computedBy({ notReproducible, fit: { by, begunAnew } }: CardParts): string[] {
  const parts = (by ?? []).map(({ code, node, backend, processor }) => `${code}, Node ${node}, ${backend}, ${processor}`);
  const again =
    notReproducible === null ? 'There the same data, settings and seed give the same weights.' : `Not reproducible: ${notReproducible}.`;
  return [
    `Computed by ${parts.length === 0 ? 'a version that does not say more' : inText([parts.join('; ')])}. ${again}`,
    ...begunAnew.map(({ steps, why }) => `Begun anew after ${steps} steps, whose state could not be gone on from: ${inText([why])}.`),
  ];
}

function markdownOf(card: Omit<ModelCard, 'markdown'>, parts: CardParts): string {
  const { fit, input } = parts;
  const { evaluation, trainedOn } = card;
  const { interval } = evaluation;
  const within = interval === null ? '' : ` (95 %: ${percent(interval.low)} to ${percent(interval.high)})`;
  const lines = [
    `# ${card.title}`,
    '',
    `Recipe \`${card.recipe}\`, profile \`${card.profile}\`, seed ${input.seed}; ${fit.epochs.length} epochs, ended by ${fit.end}.`,
    '',
    ...computedBy(parts),
    '',
    '## Trained on',
    '',
    `Dataset \`${trainedOn.dataset}\` version ${trainedOn.version} (\`${trainedOn.hash.slice(0, 12)}\`): ${trainedOn.counts.training} clips to train, ${trainedOn.counts.validation} to choose the epoch, ${trainedOn.counts.test} held out; ${trainedOn.groups} groups. Labels: ${inText(trainedOn.labels)}.`,
    '',
    '## Worth',
    '',
    '| on held-out clips | |',
    '|---|---|',
    `| split | ${evaluation.split} |`,
    `| accuracy | ${percent(evaluation.accuracy)}${within} of ${evaluation.support} |`,
    `| balanced accuracy | ${percent(evaluation.balancedAccuracy)} |`,
    `| always the most frequent label | ${percent(evaluation.baseline)} |`,
    ...(evaluation.otherSplit === null
      ? []
      : [`| accuracy on a ${evaluation.otherSplit.split} split | ${percent(evaluation.otherSplit.accuracy)} |`]),
    ...(evaluation.permutedLabels === null
      ? []
      : [`| accuracy after training on labels dealt at random | ${percent(evaluation.permutedLabels)} |`]),
    `| calibration error | ${percent(evaluation.calibrationError)} |`,
    '',
    '## Not tested on',
    '',
    ...card.notTestedOn.map((one) => `- ${inText([one])}`),
    '',
  ];
  return lines.join('\n');
}

function percent(share: number | null): string {
  return share === null ? 'not known' : `${(share * 100).toFixed(1)} %`;
}

/** Labels are users' text: nothing of it is markup. */
function inText(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[\\`*_{}[\]<>#|\n\r]/g, (mark) => (/\s/.test(mark) ? ' ' : `\\${mark}`))).join(', ');
}
