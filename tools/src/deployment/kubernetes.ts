import { imagesOf } from './dockerfile.js';
import type { DeploymentFiles } from './files.js';
import { faultsOfTypes } from './kubernetes-types.js';
import {
  type Container,
  choosing,
  type Kustomization,
  kustomizationOf,
  manifestFilesOf,
  manifestsOf,
  type Workload,
  workload,
} from './manifests.js';
import { faultsOfMemory } from './memory.js';
import { faultsOfEnvironment, programs } from './programs.js';

/** Forms of the Secret's values; the check starts the programs' parsers with them. */
const secretSamples: Record<string, string> = {
  OWNER_DATABASE_URL: 'postgres://earshot:secret@postgres:5432/earshot',
  DATABASE_URL: 'postgres://earshot_services:secret@postgres:5432/earshot',
  REDIS_URL: 'redis://earshot:secret@redis:6379',
  EARSHOT_ADMIN_KEY: '0123456789abcdef01234567',
  EARSHOT_KEYS: 'mobile=0123456789abcdef01234567',
  S3_BUCKET: 'earshot',
  S3_ENDPOINT: 'https://s3.example.com',
  S3_REGION: 'eu-central-1',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
};

/** The grace period of the programs themselves is 25 s, after up to 5 s of draining. */
const leastGraceSeconds = 45;

export function faultsOfKubernetes(files: DeploymentFiles): string[] {
  const manifests = manifestsOf(files);
  const typeFaults = faultsOfTypes(manifests);
  if (typeFaults.length > 0) return typeFaults;
  const kustomization = kustomizationOf(files);
  const workloads = workloadsOf(files);
  return [
    ...[...programs.keys()].filter((name) => !workloads.has(name)).map((name) => `k8s lacks a workload for ${name}`),
    ...faultsOfKustomization(files, kustomization),
    ...[...workloads].flatMap(([name, work]) => faultsOfWorkload(name, work, files).map((fault) => `k8s, ${name}: ${fault}`)),
    ...faultsOfSelectors(files, workloads),
    ...[...kubernetesEnvironments(files)].flatMap(([name, env]) => {
      const program = programs.get(name);
      const main = workloads.get(name)?.spec.template.spec.containers.find((container) => container.name === name);
      const memory = faultsOfMemory(`k8s, ${name}`, env, main?.resources?.limits['memory'] ?? '');
      return program ? [...faultsOfEnvironment(`k8s, ${name}`, program, env), ...memory] : memory;
    }),
  ];
}

/** The environment of each program of ours, with samples for what is secret. */
export function kubernetesEnvironments(files: DeploymentFiles): Map<string, Record<string, string>> {
  const kustomization = kustomizationOf(files);
  return new Map(
    [...workloadsOf(files)].map(([name, { spec }]) => {
      const main = spec.template.spec.containers.find((container) => container.name === name);
      return [name, main ? environmentOf(main, kustomization) : {}];
    }),
  );
}

function workloadsOf(files: DeploymentFiles): Map<string, Workload> {
  const works = manifestsOf(files).filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
  return new Map(
    works.map(({ content }) => {
      const work = workload.parse(content);
      return [work.metadata.labels['app.kubernetes.io/name'] ?? work.metadata.name, work];
    }),
  );
}

function environmentOf(container: Container, { configMapGenerator }: Kustomization): Record<string, string> {
  const names = container.envFrom.map(({ configMapRef }) => configMapRef.name);
  const literals = configMapGenerator.filter(({ name }) => names.includes(name)).flatMap(({ literals }) => literals);
  const pairs = container.env.map(({ name, value, valueFrom }) => [name, value ?? secretSamples[valueFrom?.secretKeyRef.key ?? ''] ?? '']);
  return Object.fromEntries([...literals.map((literal) => literal.split(/=(.*)/s, 2)), ...pairs]);
}

function faultsOfKustomization(files: DeploymentFiles, { resources, images, configMapGenerator }: Kustomization): string[] {
  const containers = [...workloadsOf(files).values()].flatMap(({ spec }) => [
    ...spec.template.spec.initContainers,
    ...spec.template.spec.containers,
  ]);
  const used = new Set(containers.map(({ image }) => image));
  const maps = new Set(containers.flatMap(({ envFrom }) => envFrom.map(({ configMapRef }) => configMapRef.name)));
  return [
    ...differences('k8s/base/kustomization.yaml, resources', resources, manifestFilesOf(files)),
    ...differences(
      'k8s/base/kustomization.yaml, images',
      images.map(({ name }) => name),
      [...used],
    ),
    ...differences(
      'k8s/base/kustomization.yaml, config maps',
      configMapGenerator.map(({ name }) => name),
      [...maps],
    ),
  ];
}

function faultsOfWorkload(name: string, { kind, spec }: Workload, files: DeploymentFiles): string[] {
  const { template, selector } = spec;
  const pod = template.spec;
  const faults: string[] = [];
  if (!pod.securityContext.runAsNonRoot) faults.push('it may run as root');
  if (pod.automountServiceAccountToken !== false) faults.push('it is given a token for the cluster');
  if (kind === 'Deployment') {
    if ((pod.terminationGracePeriodSeconds ?? 30) < leastGraceSeconds) faults.push(`its grace period is less than ${leastGraceSeconds} s`);
    if (!isSubset(selector?.matchLabels ?? {}, template.metadata.labels)) faults.push('it does not select its own pods');
    if (!pod.initContainers.some(({ args }) => args.includes('migrate'))) faults.push('it does not wait for the migrations');
  }
  for (const container of [...pod.initContainers, ...pod.containers]) {
    const { securityContext, resources } = container;
    if (securityContext.allowPrivilegeEscalation !== false) faults.push(`${container.name} may gain privileges`);
    if (!securityContext.readOnlyRootFilesystem) faults.push(`the root file system of ${container.name} is not read-only`);
    if (!securityContext.capabilities?.drop.includes('ALL')) faults.push(`${container.name} keeps capabilities`);
    if (!resources?.requests['memory'] || !resources.limits['memory']) faults.push(`${container.name} has no request or limit of memory`);
    for (const { valueFrom } of container.env) {
      if (valueFrom?.secretKeyRef.optional && valueFrom.secretKeyRef.key !== 'EARSHOT_KEYS')
        faults.push(`${valueFrom.secretKeyRef.key} must not be optional`);
    }
  }
  return [...faults, ...faultsOfProgram(name, pod.containers, files)];
}

function faultsOfProgram(name: string, containers: readonly Container[], files: DeploymentFiles): string[] {
  const program = programs.get(name);
  const main = containers.find((container) => container.name === name);
  if (!program || !main) return [`there is no such program, or no container of this name`];
  const faults: string[] = [];
  if (main.image !== `earshot-${program.target}`) faults.push(`its image is earshot-${program.target}`);
  if (!imagesOf(files.dockerfile).has(program.target)) faults.push(`deploy/Dockerfile has no target ${program.target}`);
  if (!program.portSetting) return faults;
  const port = kubernetesEnvironments(files).get(name)?.[program.portSetting];
  if (`${main.ports[0]?.containerPort}` !== port) faults.push(`its port is not ${program.portSetting}=${port}`);
  if (main.livenessProbe?.httpGet.path !== '/livez') faults.push('its liveness is not asked at /livez');
  if (main.readinessProbe?.httpGet.path !== '/readyz') faults.push('its readiness is not asked at /readyz');
  return faults;
}

/** Services, policies and disruption budgets choose pods that exist, and each Deployment has its budget. */
function faultsOfSelectors(files: DeploymentFiles, workloads: Map<string, Workload>): string[] {
  const deployments = [...workloads].filter(([, { kind }]) => kind === 'Deployment');
  const choosers = manifestsOf(files).flatMap(({ file, content }) => {
    const { success, data } = choosing.safeParse(content);
    return success ? [{ file, kind: data.kind, selector: data.spec.selector }] : [];
  });
  const chooses = (selector: Record<string, string>, { spec }: Workload) => isSubset(selector, spec.template.metadata.labels);
  return [
    ...choosers
      .filter(({ selector }) => ![...workloads.values()].some((work) => chooses(selector, work)))
      .map(({ file, kind }) => `${file}: the ${kind} chooses no pods`),
    ...deployments
      .filter(([, work]) => !choosers.some(({ kind, selector }) => kind === 'PodDisruptionBudget' && chooses(selector, work)))
      .map(([name]) => `k8s, ${name}: it has no disruption budget`),
  ];
}

function isSubset(some: Record<string, string>, all: Record<string, string>): boolean {
  const entries = Object.entries(some);
  return entries.length > 0 && entries.every(([key, value]) => all[key] === value);
}

export function differences(where: string, have: readonly string[], want: readonly string[]): string[] {
  return [
    ...want.filter((name) => !have.includes(name)).map((name) => `${where}: ${name} is missing`),
    ...have.filter((name) => !want.includes(name)).map((name) => `${where}: ${name} is too much`),
  ];
}
