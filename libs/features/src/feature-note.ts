/** What a number is, for people. */
export interface FeatureNote {
  unit: string;
  description: string;
}
