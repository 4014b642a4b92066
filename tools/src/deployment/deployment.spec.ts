import { faultsOfCompose } from './compose.js';
import { faultsOfDeployment } from './deployment.js';
import { type DeploymentFiles, readDeploymentFiles } from './files.js';

let files: DeploymentFiles;
beforeAll(async () => {
  files = await readDeploymentFiles();
});

describe('the deployment files are found wrong when', () => {
  it.each<[string, keyof DeploymentFiles, string, string, RegExp]>([
    ['compose has a key that Compose does not know', 'compose', 'read_only: true', 'readonly: true', /readonly/],
    ['compose sets what nothing reads', 'compose', 'LOG_LEVEL:', 'LOGLEVEL:', /nothing reads LOGLEVEL/],
    ['compose sets what a program refuses', 'compose', "PORT: '8000'", "PORT: '80000'", /PORT must be/],
    ['compose leaves a setting out', 'compose', '      MAX_FILES: ', '      MAX_FILE: ', /gateway: MAX_FILES cannot be set/],
    [
      'compose gives children more than their container',
      'compose',
      'EARSHOT_SANDBOX_CHILDREN:-4',
      'EARSHOT_SANDBOX_CHILDREN:-8',
      /8 children/,
    ],
    [
      'compose leaves the children to the processors',
      'compose',
      'EARSHOT_SANDBOX_CHILDREN:-4',
      'EARSHOT_SANDBOX_CHILDREN:-',
      /any number of/,
    ],
    ['compose holds a password', 'compose', 'REDIS_PASSWORD:?set it in .env', 'REDIS_PASSWORD:-hunter2', /required/],
    ['compose publishes the database', 'compose', '    user: postgres', "    user: postgres\n    ports: ['5432:5432']", /only the gateway/],
    ['compose gives a database a way out', 'compose', '    networks: [internal]', '    networks: [published]', /a way in or out/],
    ['compose does not wait for the migrations', 'compose', 'service_completed_successfully', 'service_started', /wait for the migrations/],
    ['compose builds a target that does not exist', 'compose', 'target: gateway', 'target: gatewai', /no target gatewai/],
    ['.env.example forgets a variable', 'envExample', '#PUBLISH_PORT=8000', '', /lacks PUBLISH_PORT/],
    ['an image runs as root', 'dockerfile', 'USER 1000:1000', 'USER root', /runs as root/],
    ['an image lets its children read of the service', 'dockerfile', 'chmod 711 /usr', 'chmod 755 /usr', /environment of the service/],
    ['an image takes that back later', 'dockerfile', '&& chmod 711', '&& chmod 755 /usr/local/bin/node && chmod 711', /of the service/],
    ['an image lets its children read of its init', 'dockerfile', ' && chmod 711 /usr/bin/tini', '', /environment of its init/],
    ['an image has nobody to reap', 'dockerfile', '"tini", "-s", "--", ', '', /nobody reaps/],
    [
      'compose gives a service an init that may be read',
      'compose',
      'target: extractor }',
      'target: extractor }\n    init: true',
      /the init of Docker/,
    ],
    ['an image lacks what was gathered for it', 'dockerfile', 'gateway-files /image /app', 'gateway-files /app /app', /licences/],
    ['an image keeps what bodies took', 'dockerfile', 'MALLOC_MMAP_THRESHOLD_=32768 ', '', /does not set MALLOC_MMAP_THRESHOLD_=32768/],
    ['an image probes another port', 'dockerfile', '127.0.0.1:8000/livez', '127.0.0.1:8001/livez', /another port than PORT/],
    ['the overlay for S3 lacks the key', 'composeS3', 'S3_SECRET_ACCESS_KEY: ', 'S3_SECRET: ', /S3_SECRET_ACCESS_KEY/],
  ])('%s', (_name, file, good, bad, fault) => {
    const wrong = { ...files, [file]: broken(files[file], good, bad) };
    expect(faultsOfCompose(wrong)).toContainEqual(expect.stringMatching(fault));
  });

  it('the manual forgets a setting', () => {
    const wrong = { ...files, manual: broken(files.manual, '`EARSHOT_SLOTS`', '`EARSHOT_SLOT`') };
    expect(faultsOfDeployment(wrong)).toEqual([
      'docs/operating.md, settings: EARSHOT_SLOTS is missing',
      'docs/operating.md, settings: EARSHOT_SLOT is too much',
    ]);
  });

  it.each<[string, string, string, string, RegExp]>([
    ['a manifest has a key that Kubernetes does not know', 'gateway.yaml', 'readinessProbe:', 'readynessProbe:', /readynessProbe/],
    ['a manifest has a value of the wrong type', 'gateway.yaml', 'replicas: 2', "replicas: 'two'", /not assignable to type 'number'/],
    ['a file is not in the kustomization', 'kustomization.yaml', '  - gateway.yaml\n', '', /gateway.yaml is missing/],
    ['a config map does not exist', 'gateway.yaml', 'name: gateway-settings', 'name: gateway-setting', /gateway-setting is missing/],
    ['a setting is one that nothing reads', 'kustomization.yaml', 'LOG_LEVEL=info', 'LOG_LEVLE=info', /nothing reads LOG_LEVLE/],
    ['compose sets more than Kubernetes', 'kustomization.yaml', '      - LOG_LEVEL=info\n', '', /by compose: LOG_LEVEL is missing/],
    ['a secret is optional', 'gateway.yaml', 'key: S3_BUCKET }', 'key: S3_BUCKET, optional: true }', /S3_BUCKET must not be optional/],
    ['a pod may run as root', 'gateway.yaml', 'runAsNonRoot: true', 'runAsNonRoot: false', /may run as root/],
    ['a container keeps capabilities', 'migrate.yaml', 'drop: [ALL]', 'drop: []', /keeps capabilities/],
    ['the grace period is shorter than the shutdown', 'gateway.yaml', 'GracePeriodSeconds: 45', 'GracePeriodSeconds: 20', /grace period/],
    ['an image is of another program', 'migrate.yaml', 'image: earshot-cli', 'image: earshot-gateway', /its image is earshot-cli/],
    ['the port is not the one that is listened on', 'gateway.yaml', 'containerPort: 8000', 'containerPort: 8080', /PORT=8000/],
    [
      'a service chooses no pods',
      'gateway.yaml',
      'selector: { app.kubernetes.io/name: gateway }',
      'selector: { app: gateway }',
      /chooses no pods/,
    ],
    ['a policy chooses no pods', 'network-policy.yaml', 'app.kubernetes.io/name: migrate', 'app: migrate', /NetworkPolicy chooses no pods/],
    ['there is no disruption budget', 'gateway.yaml', 'kind: PodDisruptionBudget', 'kind: PodDisruptionBudgets', /PodDisruptionBudget/],
  ])('%s', (_name, file, good, bad, fault) => {
    const kubernetes = new Map(files.kubernetes).set(file, broken(files.kubernetes.get(file), good, bad));
    expect(faultsOfDeployment({ ...files, kubernetes })).toContainEqual(expect.stringMatching(fault));
  });
});

function broken(text: DeploymentFiles[keyof DeploymentFiles] | undefined, good: string, bad: string): string {
  if (typeof text !== 'string' || !text.includes(good)) throw new Error(`there is no "${good}" to break`);
  return text.replaceAll(good, bad);
}
