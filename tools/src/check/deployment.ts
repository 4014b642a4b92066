import { faultsOfDeployment } from '../deployment/deployment.js';
import { readDeploymentFiles } from '../deployment/files.js';
import type { Outcome } from './outcome.js';

/** No container engine is needed: the files are held against their schemas, each other, and the settings that the programs parse. */
export async function deploymentFits(): Promise<Outcome> {
  const faults = faultsOfDeployment(await readDeploymentFiles());
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, output: faults.join('\n') };
}
