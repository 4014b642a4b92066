export { EarshotError, type ErrorCode, errorCodes, isErrorCode, type RequestFault } from './errors.js';
export { defineJob, eachChunk, type Job, type JobInput, type Stage } from './job.js';
export { describeJob, describeRequest } from './jobs/describe.job.js';
export { featuresJob, featuresRequest } from './jobs/features.job.js';
export { jobs, tasks } from './jobs/jobs.js';
export { type ClipIdsRequest, type ClipResource, clip, clipIdsRequest, clipUpload } from './resources/clip.js';
export {
  type ItemResource,
  type ItemState,
  itemResource,
  itemState,
  itemStates,
  itemsResult,
  type JobEventType,
  type JobResource,
  type JobState,
  jobEventTypes,
  jobResource,
  jobState,
  jobStates,
  page,
} from './resources/job.js';
export { type Problem, problem } from './resources/problem.js';
export { type ProfileResource, profileList, profileResource } from './resources/profile.js';
export { defineTask, type QueueName, queueNames, type Task, type TaskInput, type TaskItemResult } from './task.js';
export { type Description, describeClips, description, spectrogramRecipe } from './tasks/describe-clips.task.js';
export {
  extractFeatures,
  type Features,
  features,
  floatsOf,
  inlineValues,
  type ProfileChoice,
  profileChoice,
  type Vector,
  vector,
} from './tasks/extract-features.task.js';
