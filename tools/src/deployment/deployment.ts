import { composeEnvironments, faultsOfCompose } from './compose.js';
import type { DeploymentFiles } from './files.js';
import { differences, faultsOfKubernetes, kubernetesEnvironments } from './kubernetes.js';
import { programs } from './programs.js';

/** Everything that is wrong with the images, compose and Kubernetes, or between them and the programs that they start. */
export function faultsOfDeployment(files: DeploymentFiles): string[] {
  const single = [...faultsOfCompose(files), ...faultsOfKubernetes(files)];
  if (single.length > 0) return single;
  const inCompose = composeEnvironments(files);
  const inKubernetes = kubernetesEnvironments(files);
  return [...programs.keys()].flatMap((name) =>
    differences(`k8s, ${name}, by compose`, Object.keys(inKubernetes.get(name) ?? {}), Object.keys(inCompose.get(name) ?? {})),
  );
}
