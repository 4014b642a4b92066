export { anomaliesByForest } from './anomalies/anomalies-by-forest.js';
export { type AnomalySettings, findAnomalies } from './anomalies/find-anomalies.js';
export type { Anomaly, GroupedVectors } from './anomalies/ranking.js';
export type { Reason } from './anomalies/reasons.js';
export { type ModelFile, type ModelHeader, readModel } from './artifact/model-file.js';
export { withTemperature } from './artifact/with-temperature.js';
export { balancedClassWeights, type EncodedLabels, encodeLabels, labelCounts } from './data/labels.js';
export { Matrix, matrixOf } from './data/matrix.js';
export { RobustScaler } from './data/robust-scaler.js';
export { groupsAcrossParts, rowsInPart, rowsOutsidePart, type SplitOptions, splitFolds, splitParts } from './data/split.js';
export { StandardScaler } from './data/standard-scaler.js';
export { directionsOf } from './embedders/directions-of.js';
export { type Embedder, type Scaler, scalerSchema } from './embedders/embedder.js';
export { embedders, findEmbedder } from './embedders/embedders.js';
export { getEmbedder } from './embedders/get-embedder.js';
export { fitProjection, type Projection, project, readProjection, writeProjection } from './embedders/projection.js';
export { copyCosine, crowding, crowdingNeighbours, foldCopies, type Hit, rankAgain, rankedAgain } from './embedders/ranking.js';
export { sound97Provenance } from './embedders/sound-97.js';
export { Forest } from './forests/forest.js';
export { readIsolationForest, writeIsolationForest } from './forests/isolation-file.js';
export { IsolationForest, type IsolationSettings } from './forests/isolation-forest.js';
export { type MapSettings, mapOf, type SoundMap } from './maps/map-of.js';
export { trustworthiness } from './maps/trustworthiness.js';
export { applyTemperature, type Calibration, calibrationOf, fitTemperature, type ReliabilityBin } from './measures/calibration.js';
export {
  accuracy,
  balancedAccuracy,
  type Confusion,
  confusionOf,
  figuresOfLabels,
  type LabelFigures,
  macroMeans,
} from './measures/confusion.js';
export { type Curve, curveOf, prAuc, rocAuc } from './measures/curves.js';
export { type Evaluation, type EvaluationOptions, evaluate, logLoss, predictedLabels } from './measures/evaluation.js';
export { groupInterval, type Interval, quantile, wilsonInterval } from './measures/intervals.js';
export { type PermutedBaseline, permutedBaseline, permutedLabels } from './measures/permuted-labels.js';
export { exactNeighbours, type Metric, type NeighbourSearch, type Neighbours, unitRows } from './neighbours/exact-neighbours.js';
export { beginNetwork } from './networks/begin-network.js';
export type { Explanation } from './networks/explain-network.js';
export { type FeatureMap, firstFrames, reduced } from './networks/feature-map.js';
export { type Layer, type LayerList, networkLayers } from './networks/layers.js';
export type { Batches, NetworkParts } from './networks/network-parts.js';
export type { Occasion, Prepare } from './networks/preparations.js';
export { hasNativeTensorFlow } from './networks/tensorflow/native.js';
export { Random } from './random.js';
export { keywordRecipe, wordNetwork } from './recipes/keywords/keywords.js';
export { type WordAugmentation, wordAugmentation } from './recipes/keywords/word-augmentation.js';
export { openModel } from './recipes/open-model.js';
export { recipes } from './recipes/recipes.js';
export { sounds } from './recipes/sounds/sounds.js';
export { talentMlp } from './recipes/talent-mlp.js';
export { finish, type Steps, stretch } from './steps.js';
export { oneCycle } from './training/schedules.js';
export type { EpochFigures, Recipe, Scorer, Training, TrainingData, TrainingParts } from './training/training.js';
