import {
  classifierScope,
  decision,
  EarshotError,
  evaluateFits,
  fitModel,
  moveAlias,
  registerFit,
  registerModel,
  type TaskInput,
} from '@earshot/contracts';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { chosenFit } from '../fitting/chosen-fit.js';
import { whyNotReproducible } from '../fitting/fit-parts.js';
import { knownPlan } from '../fitting/known-plan.js';
import { modelCard } from './model-card.js';

@Injectable()
@Handles(registerFit)
export class RegisterFitHandler implements TaskHandler<typeof registerFit> {
  /** The version has the run's id: however often this runs, it is registered once. */
  async run(input: TaskInput<typeof registerFit>, context: TaskContext<typeof registerFit>): Promise<void> {
    const { jobId } = context;
    const [[plan], fits, [metrics]] = await Promise.all([
      context.outputs(knownPlan(input)),
      context.outputs(fitModel),
      context.outputs(evaluateFits),
    ]);
    const fit = chosenFit(fits);
    if (plan === undefined || fit === undefined || metrics === undefined) throw new EarshotError('INTERNAL', 'A run without a model');
    const { classifier, promote, ...decided } = input;
    const { epochs, end, seconds, rows, backend, processor, code, by, begunAnew } = fit;
    const notReproducible = whyNotReproducible(fits, plan, input.recipe);
    context.effect(registerModel, {
      id: jobId,
      classifier,
      artifact: fit.artifact,
      datasetVersionId: input.datasetVersionId,
      recipe: input.recipe,
      profile: input.profile,
      profileHash: input.profileHash,
      labels: plan.labels,
      provenance: {
        ...decided,
        settings: fit.settings,
        split: plan.split,
        heard: plan.heard,
        rows,
        end,
        epochs: epochs.length,
        seconds,
        backend,
        processor,
        code,
        plannedBy: plan.code,
        by,
        begunAnew,
        isReproducible: notReproducible === null,
        runId: jobId,
      },
      metrics,
      card: { ...modelCard({ input, plan, fit, metrics, notReproducible }) },
      decision: decision.parse({}),
    });
    if (promote !== null)
      context.effect(moveAlias, { scope: classifierScope(classifier), name: promote, target: jobId, expectedVersion: null });
    context.output({ modelVersionId: jobId, classifier, metrics, epochs: epochs.length, end, seconds });
  }
}
