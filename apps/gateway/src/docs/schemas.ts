import {
  aliasTarget,
  classifier,
  classifierAlias,
  classifierAliases,
  classifierChange,
  classifierPage,
  clip,
  clipLine,
  clipPage,
  clipPrediction,
  clipPredictionPage,
  clipUpload,
  dataset,
  datasetChange,
  datasetClip,
  datasetClipPage,
  datasetMember,
  datasetMemberPage,
  datasetPage,
  datasetVersion,
  datasetVersionPage,
  decisionChange,
  entriesChanged,
  entriesRemoved,
  entryLine,
  entryLines,
  entryRemoval,
  evaluation,
  jobEvent,
  jobEvents,
  type Kind,
  keywordBatch,
  keywordHealth,
  keywordMetrics,
  keywordModelInfo,
  keywordPrediction,
  libraryAnomalies,
  libraryIndexes,
  libraryStats,
  modelComparison,
  modelVersion,
  modelVersionPage,
  namedLibraryMap,
  newDataset,
  newest,
  oldSampleSearch,
  oldSampleStats,
  page,
  problem,
  profileList,
  profileResource,
  recipeList,
  recipeResource,
  resourcesOf,
  run,
  runClip,
  runClipPage,
  runComparison,
  runDetail,
  runPage,
  sample,
  sampleChange,
  sampleLine,
  sampleLines,
  samplePage,
  serviceStatus,
  similarSamples,
  similarToVector,
  soundInference,
  soundInferenceRequest,
  splitPreview,
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
  vector,
} from '@earshot/contracts';
import type { SchemaObject } from '@nestjs/swagger';
import { z } from 'zod';

/** What is sent whatever kinds of work there are, by the name that clients see. */
const shared = {
  Clip: clip,
  ClipUpload: clipUpload,
  ClipPage: clipPage,
  ClipPrediction: clipPrediction,
  ClipPredictionPage: clipPredictionPage,
  Problem: problem,
  JobEvent: jobEvent,
  ...Object.fromEntries(Object.entries(jobEvents).map(([type, event]) => [eventName(type), event])),
  Vector: vector,
  Profile: profileResource,
  ProfileList: profileList,
  Recipe: recipeResource,
  RecipeList: recipeList,
  Dataset: dataset,
  DatasetPage: datasetPage,
  DatasetClip: datasetClip,
  DatasetClipPage: datasetClipPage,
  DatasetVersion: datasetVersion,
  DatasetVersionPage: datasetVersionPage,
  DatasetMember: datasetMember,
  DatasetMemberPage: datasetMemberPage,
  EntriesChanged: entriesChanged,
  EntriesRemoved: entriesRemoved,
  SplitPreview: splitPreview,
  Sample: sample,
  SamplePage: samplePage,
  LibraryStats: libraryStats,
  OldSampleStats: oldSampleStats,
  Classifier: classifier,
  ClassifierPage: classifierPage,
  ClassifierAlias: classifierAlias,
  ClassifierAliases: classifierAliases,
  ModelVersion: modelVersion,
  ModelVersionPage: modelVersionPage,
  ModelComparison: modelComparison,
  ModelEvaluation: evaluation,
  TrainingRun: run,
  TrainingRunDetail: runDetail,
  TrainingRunPage: runPage,
  TrainingRunComparison: runComparison,
  TrainingRunClip: runClip,
  TrainingRunClipPage: runClipPage,
  NewestLibraryMap: newest(namedLibraryMap),
  NewestLibraryAnomalies: newest(libraryAnomalies),
  OldSampleSearch: oldSampleSearch,
  SimilarSamples: similarSamples,
  LibraryIndexes: libraryIndexes,
  ServiceStatus: serviceStatus,
  KeywordPrediction: keywordPrediction,
  KeywordBatch: keywordBatch,
  KeywordHealth: keywordHealth,
  KeywordMetrics: keywordMetrics,
  KeywordModelInfo: keywordModelInfo,
  SoundInference: soundInference,
  TalentHealth: talentHealth,
  TalentModelInfo: talentModelInfo,
  TalentPrediction: talentPrediction,
  TalentBatch: talentBatch,
  TalentUpload: talentUpload,
  TalentRetrainStarted: talentRetrainStarted,
  TalentTrainStatus: talentTrainStatus,
  TalentMetrics: talentMetrics,
  TalentFeatureInfo: talentFeatureInfo,
};

/** What is taken, likewise. */
const sharedRequests = {
  SoundInferenceRequest: soundInferenceRequest,
  ClipLine: clipLine,
  NewDataset: newDataset,
  DatasetChange: datasetChange,
  DatasetEntry: entryLine,
  DatasetEntries: entryLines,
  DatasetRemoval: entryRemoval,
  SampleLine: sampleLine,
  SampleLines: sampleLines,
  SampleChange: sampleChange,
  ClassifierChange: classifierChange,
  AliasTarget: aliasTarget,
  DecisionChange: decisionChange,
  SimilarToVector: similarToVector,
  TalentRetrain: talentRetrain,
};

export function schemaRef(name: string): { $ref: string } {
  return { $ref: pathOf(name) };
}

/** `components.schemas` of the document: those of each kind, and their unions, which clients narrow by `kind`. */
export function componentSchemas(kinds: readonly Kind[]): Record<string, SchemaObject> {
  const ofKinds = kinds.map((kind) => ({ kind, ...resourcesOf(kind) }));
  const sent: Record<string, z.ZodType> = { ...shared };
  const taken: Record<string, z.ZodType> = { ...sharedRequests };
  for (const { kind, job, answer, item, itemPage, result, request } of ofKinds) {
    if (!(answer instanceof z.ZodNull)) sent[kind.noun] = answer;
    Object.assign(sent, { [`${kind.noun}Job`]: job, [`${kind.noun}Result`]: result });
    Object.assign(sent, { [`${kind.noun}Item`]: item, [`${kind.noun}ItemPage`]: itemPage });
    taken[`${kind.noun}Request`] = request;
  }
  const job = byKind(ofKinds.map(({ job }) => job));
  Object.assign(sent, {
    Job: job,
    JobPage: page(job),
    Item: z.union(ofKinds.map(({ item }) => item)),
    ItemPage: byKind(ofKinds.map(({ itemPage }) => itemPage)),
    JobResult: byKind(ofKinds.map(({ result }) => result)),
  });
  return { ...converted(sent, 'output'), ...converted(taken, 'input') };
}

function byKind<Member extends z.ZodObject>(members: Member[]) {
  const [first, ...others] = members;
  if (first === undefined) throw new Error('There is no kind of work');
  return z.discriminatedUnion('kind', [first, ...others]);
}

/** What is sent and what is taken are converted apart: a member with a default is required in the one, optional in the other. */
function converted(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, SchemaObject> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: documents } = z.toJSONSchema(registry, {
    target: 'draft-2020-12', // what OpenAPI 3.1 speaks
    uri: pathOf,
    io,
    unrepresentable: 'any', // a check of our own says in its metadata what it takes; a test finds those that do not
    override({ zodSchema, jsonSchema }) {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern; // says the same again, at length
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties; // answers may gain members
      // Of what is taken these bounds are true: a larger number is no whole number here.
      if (io === 'output' && jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (io === 'output' && jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (zodSchema instanceof z.ZodDiscriminatedUnion) jsonSchema['discriminator'] = { propertyName: zodSchema.def.discriminator };
    },
  });
  const schemasByName = new Map(Object.entries(documents).map(([id, schema]) => [id, plain(schema)]));
  return Object.fromEntries([...schemasByName].map(([id, schema]) => [id, withMapping(schema, schemasByName)]));
}

/** One schema of its own, for a parameter or a field. */
export function schemaOf(schema: z.core.$ZodType): SchemaObject {
  return converted({ only: schema as z.ZodType }, 'input')['only'] ?? {};
}

/** Says of a union which of its members each value of its discriminator stands for. */
function withMapping(union: SchemaObject, schemas: ReadonlyMap<string, SchemaObject>): SchemaObject {
  const { discriminator, oneOf = [] } = union;
  if (discriminator === undefined) return union;
  const mapping: Record<string, string> = {};
  for (const member of oneOf) {
    if (!('$ref' in member)) throw new Error('A member of a union that clients narrow has no name');
    const property = schemas.get(member.$ref.slice(pathOf('').length))?.properties?.[discriminator.propertyName];
    if (property !== undefined && 'const' in property && typeof property.const === 'string') mapping[property.const] = member.$ref;
  }
  return { ...union, discriminator: { ...discriminator, mapping } };
}

/** The schema alone, without what zod hangs on it. */
function plain(schema: object): SchemaObject {
  const { $schema: _, $id: __, id: ___, ...rest } = JSON.parse(JSON.stringify(schema));
  return rest;
}

function pathOf(name: string): string {
  return `#/components/schemas/${name}`;
}

/** `job.finished` makes `JobFinishedEvent`. */
function eventName(type: string): string {
  const words = type.split('.').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}
