/** What a verb is given: the environment, and where it says its exit code when it is not 0. */
export interface Verb {
  env: NodeJS.ProcessEnv;
  exit: (code: number) => void;
}
