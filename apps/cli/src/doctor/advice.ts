import { type Confinement, type Layer, layerNames, layers } from '@earshot/sandbox';

const namespaces =
  'wants unshare of util-linux, and root with CAP_SYS_ADMIN or a kernel that lets users make user namespaces (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns)';

/** What a machine must have. */
const wants: Record<Layer, string> = {
  permissions: 'wants Node 24: npm start brings it along',
  privileges: 'wants setpriv of util-linux',
  account: 'wants a start by root with CAP_SETUID and CAP_CHOWN; the images run as user 1000, which is as good',
  files: `${namespaces}, and mount`,
  landlock: 'wants setpriv of util-linux 2.40 or later, and a kernel with Landlock (5.13 or later, in its list of modules)',
  processes: namespaces,
  network: `${namespaces}. Without it network policies have to keep the service in (k8s/base/network-policy.yaml)`,
  ipc: namespaces,
  limits: 'wants a shell with ulimit',
};

/** A line for each layer of the sandbox. */
export function adviceOf({ has, lacks }: Confinement): string[] {
  const lines = layerNames.map((layer) => {
    if (has.has(layer)) return `ok      ${layer}: ${layers[layer]}`;
    return `lacking ${layer}: ${layers[layer]} (${lacks.get(layer) ?? 'not used'}); ${wants[layer]}`;
  });
  return [...lines, `The sandbox uses ${has.size} of ${layerNames.length} layers; SECURITY.md says what each of them stops.`];
}
