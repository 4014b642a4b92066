import { composeEnvironments, faultsOfCompose } from './compose.js';
import type { DeploymentFiles } from './files.js';
import { differences, faultsOfKubernetes, kubernetesEnvironments } from './kubernetes.js';
import { programs } from './programs.js';

/** Everything that is wrong with the images, compose and Kubernetes, or between them and the programs that they start. */
export function faultsOfDeployment(files: DeploymentFiles): string[] {
  const single = [...faultsOfCompose(files), ...faultsOfKubernetes(files), ...faultsOfManual(files)];
  if (single.length > 0) return single;
  const inCompose = composeEnvironments(files);
  const inKubernetes = kubernetesEnvironments(files);
  return [...programs.keys()].flatMap((name) =>
    differences(`k8s, ${name}, by compose`, Object.keys(inKubernetes.get(name) ?? {}), Object.keys(inCompose.get(name) ?? {})),
  );
}

/** The table of settings names those that the programs read, and no other. */
function faultsOfManual({ manual }: DeploymentFiles): string[] {
  const section = manual.split(/^## /m).find((text) => text.startsWith('Settings')) ?? '';
  const rows = Array.from(section.matchAll(/^\|([^|]*`[A-Z0-9_]+`[^|]*)\|/gm), ([, names = '']) => names);
  const told = rows.flatMap((names) => Array.from(names.matchAll(/`([A-Z0-9_]+)`/g), ([, name = '']) => name));
  const read = new Set([...programs.values()].flatMap(({ settings }) => Object.keys(settings.shape)));
  return differences('docs/operating.md, settings', told, [...read]);
}
