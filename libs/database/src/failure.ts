/** How an item, a task or a job failed. */
export interface Failure {
  code: string;
  detail: string;
}
