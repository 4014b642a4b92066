import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

/** What decided the weights beside data, settings and seed. */
export function provenance(command: string): Record<string, unknown> {
  return {
    command,
    code: execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim(),
    backend: 'wasm',
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
  };
}
