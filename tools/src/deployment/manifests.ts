import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { DeploymentFiles } from './files.js';

/** One document of a file in k8s/base. */
export interface Manifest {
  file: string;
  apiVersion: string;
  kind: string;
  content: unknown;
}

const env = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string(), optional: z.boolean().default(false) }) }).optional(),
});
const container = z.object({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).default([]),
  env: z.array(env).default([]),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })).default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  livenessProbe: z.object({ httpGet: z.object({ path: z.string() }) }).optional(),
  readinessProbe: z.object({ httpGet: z.object({ path: z.string() }) }).optional(),
  securityContext: z
    .object({
      allowPrivilegeEscalation: z.boolean().optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      capabilities: z.object({ drop: z.array(z.string()).default([]) }).optional(),
    })
    .default({}),
  resources: z.object({ requests: z.record(z.string(), z.string()), limits: z.record(z.string(), z.string()) }).optional(),
});
const labels = z.record(z.string(), z.string());
const pod = z.object({
  terminationGracePeriodSeconds: z.number().optional(),
  automountServiceAccountToken: z.boolean().optional(),
  securityContext: z.object({ runAsNonRoot: z.boolean().optional() }).default({}),
  initContainers: z.array(container).default([]),
  containers: z.array(container).min(1),
});

/** What runs pods. */
export const workload = z.object({
  kind: z.enum(['Deployment', 'Job']),
  metadata: z.object({ name: z.string(), labels }),
  spec: z.object({
    selector: z.object({ matchLabels: labels }).optional(),
    template: z.object({ metadata: z.object({ labels }), spec: pod }),
  }),
});

/** What chooses pods by their labels. */
export const choosing = z.union([
  z.object({ kind: z.literal('Service'), spec: z.object({ selector: labels }) }),
  z.object({
    kind: z.literal('PodDisruptionBudget'),
    spec: z.object({ selector: z.object({ matchLabels: labels }) }).transform(({ selector }) => ({ selector: selector.matchLabels })),
  }),
  z.object({
    kind: z.literal('NetworkPolicy'),
    spec: z
      .object({ podSelector: z.object({ matchLabels: labels }) })
      .transform(({ podSelector }) => ({ selector: podSelector.matchLabels })),
  }),
]);

export type Container = z.output<typeof container>;
export type Workload = z.output<typeof workload>;

const kustomization = z.object({
  resources: z.array(z.string()),
  images: z.array(z.object({ name: z.string(), newTag: z.string() })),
  configMapGenerator: z.array(z.object({ name: z.string(), literals: z.array(z.string()) })),
});
export type Kustomization = z.output<typeof kustomization>;

const kustomizationFile = 'kustomization.yaml';

export function manifestsOf({ kubernetes }: DeploymentFiles): Manifest[] {
  return [...kubernetes].flatMap(([file, text]) => {
    if (file === kustomizationFile) return [];
    return parseAllDocuments(text).map((document) => {
      const content: unknown = document.toJS();
      return { file, content, ...z.object({ apiVersion: z.string(), kind: z.string() }).parse(content) };
    });
  });
}

export function kustomizationOf({ kubernetes }: DeploymentFiles): Kustomization {
  return kustomization.parse(parse(kubernetes.get(kustomizationFile) ?? ''));
}

/** The files that the kustomization should name. */
export function manifestFilesOf({ kubernetes }: DeploymentFiles): string[] {
  return [...kubernetes.keys()].filter((file) => file !== kustomizationFile);
}
