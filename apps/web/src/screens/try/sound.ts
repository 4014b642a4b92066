/** What was given to listen to. */
export interface Sound {
  name: string;
  file: File;
  /** Where it came from, if it is one of the examples. */
  exampleUrl?: string;
}
