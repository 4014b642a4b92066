import { readdir, readFile } from 'node:fs/promises';

/** The texts that the checks compare. A test breaks one of them and expects the fault. */
export interface DeploymentFiles {
  dockerfile: string;
  compose: string;
  /** The overlay that keeps blobs in S3. */
  composeS3: string;
  composeSchema: string;
  envExample: string;
  /** docs/operating.md. */
  manual: string;
  /** k8s/base, by file name. */
  kubernetes: Map<string, string>;
}

export async function readDeploymentFiles(): Promise<DeploymentFiles> {
  const text = (path: string) => readFile(path, 'utf8');
  const names = (await readdir('k8s/base')).filter((name) => name.endsWith('.yaml'));
  return {
    dockerfile: await text('deploy/Dockerfile'),
    compose: await text('docker-compose.yml'),
    composeS3: await text('deploy/compose.s3.yml'),
    composeSchema: await text('deploy/schema/compose-spec.json'),
    envExample: await text('.env.example'),
    manual: await text('docs/operating.md'),
    kubernetes: new Map(await Promise.all(names.map(async (name) => [name, await text(`k8s/base/${name}`)] as const))),
  };
}
