export { canonicalJson } from './canonical-json.js';
export { type Decided, decide } from './decide.js';
export type { Effect, EffectInput } from './effect.js';
export { effects } from './effects/effects.js';
export { moveAlias } from './effects/move-alias.effect.js';
export { registerModel } from './effects/register-model.effect.js';
export { startJob, startOf } from './effects/start-job.effect.js';
export { EarshotError, type ErrorCode, errorCodes, isDiskFull, isErrorCode, type RequestFault } from './errors.js';
export {
  defineJob,
  eachChunk,
  type Job,
  type JobInput,
  once,
  type PlannedPart,
  type PlannedStage,
  perOutput,
  plannedStage,
  planOf,
  type Stage,
  type StagePart,
  together,
} from './job.js';
export { contractColumns, defineKind, endingsOf, type Kind, type ResultColumns } from './kind.js';
export {
  type ClipMeasures,
  type ClipPlace,
  checkDatasetJob,
  checkRecipe,
  clipFaults,
  clipMeasures,
  type DatasetFault,
  type FaultKind,
  findFaults,
  measureClips,
  placesShown,
} from './kinds/check-dataset.js';
export { clipErrors } from './kinds/clip-errors.js';
export { type Description, describeClips, describeJob, description, spectrogramRecipe } from './kinds/describe.js';
export { type EvaluateInput, evaluateJob, evaluateVersion, evaluationResult, extractEvaluationRows } from './kinds/evaluate.js';
export { explainSounds, explainSoundsJob, type SoundExplanation, soundExplanation } from './kinds/explain-sounds.js';
export {
  extractFeatures,
  type Features,
  features,
  featuresJob,
  float32Of,
  floatsOf,
  inlineValues,
  type ProfileChoice,
  profileChoice,
  type Vector,
  vector,
} from './kinds/features.js';
export {
  anomaliesShown,
  findAnomaliesJob,
  genresShown,
  type LibraryAnomalies,
  type LibraryAnomaly,
  libraryAnomalies,
  mostCompared,
  rankAnomalies,
  type SoundFault,
  soundFaults,
} from './kinds/find-anomalies.js';
export { importModel, importModelJob, type ModelManifest, modelManifest } from './kinds/import-model.js';
export {
  drawMap,
  type LibraryMap,
  libraryMap,
  libraryMapJob,
  mostMapped,
  type NamedLibraryMap,
  namedLibraryMap,
} from './kinds/library-map.js';
export { extractLibraryVectors } from './kinds/library-vectors.js';
export { mostWindows, type Prediction, predictClips, prediction, predictJob } from './kinds/predict.js';
export {
  buildIndex,
  embedderName,
  embedSamples,
  indexScope,
  leastRecall,
  liveIndex,
  planIndex,
  rebuildIndexJob,
  verifyIndex,
} from './kinds/rebuild-index.js';
export { searchSamples, searchSamplesJob } from './kinds/search-samples.js';
export { evaluateFits, extractTrainingRows, fitModel, planTraining, registerFit, trainJob, trainResult } from './kinds/train.js';
export {
  augmentation,
  type ClipAugmentation,
  copyRecipes,
  type Evaluated,
  epochFigures,
  evaluated,
  type FitPart,
  type FitPoint,
  type FitPurpose,
  type Fitted,
  fitPoint,
  fitted,
  type SettingsSearch,
  type TrainInput,
  type TrainPlan,
  trainInput,
  trainPlan,
} from './kinds/train-parts.js';
export { kinds, tasks } from './kinds.js';
export { queueServices } from './queue-services.js';
export {
  aliasName,
  aliasTarget,
  type ClassifierAliasResource,
  type ClassifierResource,
  classifier,
  classifierAlias,
  classifierAliases,
  classifierChange,
  classifierName,
  classifierOf,
  classifierPage,
  classifierScope,
  type Decision,
  decision,
  decisionChange,
  type ModelComparison,
  type ModelFacts,
  type ModelVersionResource,
  modelComparison,
  modelFacts,
  modelVersion,
  modelVersionPage,
  productionAlias,
} from './resources/classifier.js';
export { type ClipResource, clip, clipLine, clipPage, clipUpload } from './resources/clip.js';
export { type ClipPrediction, clipPrediction, clipPredictionPage } from './resources/clip-prediction.js';
export {
  type DatasetClip,
  type DatasetMember,
  type DatasetResource,
  type DatasetVersionResource,
  dataset,
  datasetChange,
  datasetClip,
  datasetClipPage,
  datasetMember,
  datasetMemberPage,
  datasetName,
  datasetPage,
  datasetVersion,
  datasetVersionPage,
  type EntriesChanged,
  entriesChanged,
  entriesRemoved,
  entryLine,
  entryLines,
  entryRemoval,
  newDataset,
  type SplitPreview,
  type SplitSide,
  splitPreview,
} from './resources/dataset.js';
export { type Evaluation, evaluation } from './resources/evaluation.js';
export { type JobEvent, jobEvent, jobEvents } from './resources/event.js';
export {
  type ItemResource,
  type ItemState,
  itemResource,
  itemState,
  itemStates,
  itemsResult,
  type JobResource,
  type JobState,
  jobResource,
  jobState,
  jobStates,
  type ResultResource,
} from './resources/job.js';
export { type Newest, newest } from './resources/newest.js';
export { type ClipsRequest, optionsOf, resourcesOf } from './resources/of-kind.js';
export {
  type KeywordBatch,
  type KeywordPrediction,
  keywordBatch,
  keywordHealth,
  keywordMetrics,
  keywordModelInfo,
  keywordPrediction,
} from './resources/old-keywords.js';
export { type OldSampleSearch, oldSampleQuery, oldSampleSearch } from './resources/old-samples.js';
export { type SoundInference, soundInference, soundInferenceRequest } from './resources/old-sounds.js';
export {
  type TalentBatch,
  type TalentFeatureInfo,
  type TalentPrediction,
  type TalentTrainStatus,
  talentBatch,
  talentFeatureInfo,
  talentHealth,
  talentMetrics,
  talentModelInfo,
  talentPrediction,
  talentRetrain,
  talentRetrainStarted,
  talentTrainStatus,
  talentUpload,
} from './resources/old-talent.js';
export { page } from './resources/page.js';
export { type Problem, problem } from './resources/problem.js';
export { type ProfileResource, profileList, profileResource } from './resources/profile.js';
export { type RecipeResource, recipeList, recipeResource } from './resources/recipe.js';
export {
  type RunClip,
  type RunComparison,
  type RunPart,
  type RunResource,
  run,
  runClip,
  runClipPage,
  runComparison,
  runDetail,
  runJob,
  runPage,
  runParts,
} from './resources/run.js';
export {
  type LibraryStats,
  libraryStats,
  oldSampleStats,
  type SampleLine,
  type SampleResource,
  type SampleSaid,
  sample,
  sampleChange,
  sampleFields,
  sampleLine,
  sampleLines,
  samplePage,
} from './resources/sample.js';
export {
  type LibraryIndex,
  libraryIndexes,
  mostSimilar,
  type SimilarSample,
  type SimilarSamples,
  sampleFilter,
  similarQuery,
  similarSamples,
  similarToVector,
} from './resources/sample-search.js';
export { type ServiceStatus, serviceStatus } from './resources/service-status.js';
export {
  defineTask,
  outputWhere,
  type QueueName,
  queueNames,
  type Slot,
  slots,
  type Task,
  type TaskCheckpoint,
  type TaskInput,
  type TaskItemResult,
  type TaskOutput,
} from './task.js';
export { versionNumber } from './version-number.js';
