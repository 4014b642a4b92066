import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Image, imagesOf } from './dockerfile.js';
import type { DeploymentFiles } from './files.js';
import { faultsOfMemory } from './memory.js';
import { faultsOfEnvironment, type Program, programs } from './programs.js';

const service = z.object({
  image: z.string().optional(),
  build: z.object({ target: z.string() }).optional(),
  user: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  read_only: z.boolean().default(false),
  init: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  healthcheck: z.unknown().optional(),
  mem_limit: z.string().optional(),
});
const project = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()).default({}),
});
type Service = z.output<typeof service>;

/** What an installation fills in; the check fills in the same. */
const samples: Record<string, string> = {
  POSTGRES_PASSWORD: 'a1b2c3',
  POSTGRES_SERVICES_PASSWORD: 'b2c3d4',
  REDIS_PASSWORD: 'd4e5f6',
  EARSHOT_ADMIN_KEY: '0123456789abcdef01234567',
  S3_BUCKET: 'earshot',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'secret',
};

/** The environment of each program of ours with both files, filled in. */
export function composeEnvironments(files: DeploymentFiles): Map<string, Record<string, string>> {
  const [base, overlay] = [parseCompose(files.compose), parseCompose(files.composeS3)];
  return new Map(
    [...programs.keys()].map((name) => {
      const merged = { ...base.services[name]?.environment, ...overlay.services[name]?.environment };
      return [name, Object.fromEntries(Object.entries(merged).map(([key, value]) => [key, filledIn(value)]))];
    }),
  );
}

export function faultsOfCompose(files: DeploymentFiles): string[] {
  const invalid = [...schemaFaults('docker-compose.yml', files.compose, files), ...schemaFaults('compose.s3.yml', files.composeS3, files)];
  if (invalid.length > 0) return invalid;
  const { services, networks } = parseCompose(files.compose);
  return [
    ...[...programs.keys()].filter((name) => !(name in services)).map((name) => `compose lacks the service ${name}`),
    ...Object.entries(services).flatMap(([name, spec]) => faultsOfService(name, spec, files).map((fault) => `compose, ${name}: ${fault}`)),
    ...Object.entries(services).flatMap(([name, spec]) => faultsOfNetworks(name, spec, networks)),
    ...[...composeEnvironments(files)].flatMap(([name, env]) => {
      const program = programs.get(name);
      if (program === undefined) return [];
      const missing = Object.keys(program.settings.shape).filter((setting) => !(setting in env));
      return [
        ...faultsOfEnvironment(`compose, ${name}`, program, env),
        ...missing.map((setting) => `compose, ${name}: ${setting} cannot be set`),
        ...faultsOfMemory(`compose, ${name}`, env, filledIn(services[name]?.mem_limit ?? '')),
      ];
    }),
    ...unexplained(files),
  ];
}

function faultsOfService(name: string, spec: Service, { dockerfile }: DeploymentFiles): string[] {
  const faults: string[] = [];
  const image = imagesOf(dockerfile).get(spec.build?.target ?? '');
  const program = programs.get(name);
  if (!spec.read_only) faults.push('the root file system is not read-only');
  if (!spec.cap_drop.includes('ALL')) faults.push('it keeps capabilities');
  if (!spec.security_opt.includes('no-new-privileges:true')) faults.push('it may gain privileges');
  if (isRoot(spec.user ?? image?.user)) faults.push('it runs as root');
  if (spec.ports.length > 0 && name !== 'gateway') faults.push('only the gateway is published');
  if (spec.build && !image) faults.push(`deploy/Dockerfile has no target ${spec.build.target}`);
  if (image) faults.push(...faultsOfReading(image, program));
  if (image && spec.init)
    faults.push('the init of Docker shows its environment, which is that of the service: the image has one of its own');
  if (image && !image.isGathered) faults.push('its image is not what tools/bootstrap/image.mjs gathers, with the licences');
  for (const [variable, value] of Object.entries(spec.environment)) {
    if (/PASSWORD|SECRET|_KEY(?!S$)|(DATABASE|REDIS)_URL/.test(variable) && !value.includes(':?'))
      faults.push(`${variable} must be required, as \${NAME:?…}`);
  }
  if (!program) return spec.healthcheck ? faults : [...faults, 'it has no health check'];
  if (program.target !== spec.build?.target) faults.push(`its target is ${program.target}`);
  const lacking = Object.entries(program.imageEnv ?? {}).filter(([variable, value]) => image?.env[variable] !== value);
  faults.push(...lacking.map(([variable, value]) => `its image does not set ${variable}=${value}`));
  if (!program.portSetting) return faults;
  if (image?.healthPort !== spec.environment[program.portSetting]) faults.push(`the image probes another port than ${program.portSetting}`);
  if (spec.depends_on['migrate']?.condition !== 'service_completed_successfully') faults.push('it does not wait for the migrations');
  return faults;
}

/** Of a program that it may not read the kernel shows an account no environment: neither of the service nor of what reaps for it. */
function faultsOfReading({ modes, entrypoint }: Image, program: Program | undefined): string[] {
  const faults: string[] = [];
  if (modes['/usr/local/bin/node'] !== '711') faults.push('whoever runs in its image may read the environment of the service');
  if (!program?.hasSandbox) return faults;
  if (entrypoint[0] !== 'tini') faults.push('nobody reaps what a killed sandbox leaves behind');
  if (modes['/usr/bin/tini'] !== '711') faults.push('whoever runs in its image may read the environment of its init');
  return faults;
}

function faultsOfNetworks(name: string, spec: Service, networks: z.output<typeof project>['networks']): string[] {
  if (name === 'gateway' || spec.networks.every((network) => networks[network]?.internal)) return [];
  return [`compose, ${name}: it is on a network with a way in or out`];
}

/** Every variable that the files read stands in .env.example, and nothing else does. */
function unexplained({ compose, composeS3, envExample }: DeploymentFiles): string[] {
  const read = new Set(Array.from(`${compose}${composeS3}`.matchAll(/(?<!\$)\$\{([A-Z0-9_]+)/g), ([, name]) => `${name}`));
  const explained = new Set(Array.from(envExample.matchAll(/^#?([A-Z0-9_]+)=/gm), ([, name]) => `${name}`));
  return [
    ...[...read].filter((name) => !explained.has(name)).map((name) => `.env.example lacks ${name}`),
    ...[...explained].filter((name) => !read.has(name)).map((name) => `.env.example: compose does not read ${name}`),
  ];
}

/** By the text of the schema: to make one costs a fifth of a second. */
const validators = new Map<string, ValidateFunction>();

function schemaFaults(name: string, text: string, { composeSchema }: DeploymentFiles): string[] {
  const validate = validators.get(composeSchema) ?? validatorOf(composeSchema);
  if (validate(parse(text, { merge: true }))) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${name}${instancePath}: ${message} ${JSON.stringify(params)}`);
}

function validatorOf(schema: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(z.record(z.string(), z.unknown()).parse(JSON.parse(schema)));
  validators.set(schema, validate);
  return validate;
}

function parseCompose(text: string) {
  return project.parse(parse(text, { merge: true }));
}

function filledIn(value: string): string {
  return value.replaceAll(/\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g, (_all, name: string, operator?: string, rest?: string) => {
    return operator === '-' ? (rest ?? '') : (samples[name] ?? '');
  });
}

function isRoot(user: string | undefined): boolean {
  return user === undefined || /^(root|0)(:|$)/.test(user);
}
