/** What keeps a child in its place. Each works by itself and is used where the host has it; SECURITY.md says what each of them stops. */
export const layers = {
  permissions: "Node's permission model",
  privileges: 'no new privileges, no capabilities',
  account: 'an account of its own',
  files: 'a root folder of its own',
  landlock: 'Landlock',
  processes: 'a PID namespace',
  network: 'a network namespace',
  ipc: 'IPC and UTS namespaces',
  limits: 'resource limits',
} as const;

export type Layer = keyof typeof layers;

export const layerNames = Object.keys(layers).filter((name): name is Layer => name in layers);

/** Which layers this host has, and why it has not the others. */
export interface Confinement {
  readonly has: ReadonlySet<Layer>;
  readonly lacks: ReadonlyMap<Layer, string>;
}
