import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wavFile } from '@earshot/audio';
import { jest } from '@jest/globals';
import { buildSandbox } from '../testing/build-sandbox.js';
import { ScratchFolder } from '../testing/scratch-folder.js';
import { confinementOfHost } from './host.js';

jest.setTimeout(60_000);

const program = fileURLToPath(new URL('../../dist/testing/on-this-host.js', import.meta.url));
const scratch = new ScratchFolder();
const asUser = ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', '--no-new-privs', '--bounding-set=-all'];

const isRoot = process.getuid?.() === 0;
const canUserRead = isRoot && spawnSync(asUser[0]!, [...asUser.slice(1), 'test', '-r', dirname(program)]).status === 0;
const itAsOthers = canUserRead && confinementOfHost().has.has('files') ? it : it.skip;

let clip: string;

beforeAll(() => {
  buildSandbox();
  clip = scratch.write('clip.wav', wavFile([new Float32Array(8000)], { sampleRate: 8000 })).path;
  chmodSync(scratch.path, 0o755);
}, 120_000);
afterAll(() => scratch.remove());

describe('children are confined by what there is', () => {
  itAsOthers('for a user who is not root: by namespaces in one of users, where the kernel lets them be made', () => {
    const { layers, durationSeconds } = describedBy(asUser);
    expect(durationSeconds).toBe(1);
    expect(layers).not.toContain('account');
    expect(layers).toEqual(expect.arrayContaining(['permissions', 'privileges', 'limits']));
  });

  itAsOthers('for a user where nobody may make namespaces, as in a container', () => {
    // Where the root is another than that of the namespace of mounts, no namespace of users can be made.
    const root = join(scratch.path, 'root');
    mkdirSync(root);
    const inContainer = ['unshare', '--mount', 'sh', '-c', 'mount --rbind / "$1" && shift && exec "$@"', 'sh', root, 'chroot', root];
    const { layers, durationSeconds } = describedBy([...inContainer, ...asUser], unreadableNode());
    rmdirSync(root); // nothing may be mounted there when the folder is removed
    expect(durationSeconds).toBe(1);
    expect(layers.filter((layer) => layer !== 'landlock')).toEqual(['permissions', 'privileges', 'limits']);
  });

  itAsOthers.each([
    ['lets others of its account read its environment', process.execPath, 'read'],
    ['does not where nobody may read that program, as in the images', unreadableNode, 'EACCES'],
  ])('a service of the same account %s', (_what, node, outcome) => {
    const readOfParent = `try { fs.readFileSync('/proc/' + process.ppid + '/environ'); console.log('read') } catch (error) { console.log(error.code) }`;
    const service = `process.stdout.write(child_process.spawnSync(process.execPath, ['-e', process.env.CHILD]).stdout)`;
    const path = typeof node === 'string' ? node : node();
    const [command = '', ...args] = [...asUser, 'env', path, '-e', service]; // setpriv itself may still read everything
    expect(spawnSync(command, args, { cwd: '/', encoding: 'utf8', env: { CHILD: readOfParent } }).stdout.trim()).toBe(outcome);
  });
});

/** The kernel shows of whoever runs a program that he may not read nothing but what it shows of everybody. */
function unreadableNode(): string {
  const path = join(scratch.path, 'node');
  copyFileSync(process.execPath, path);
  chmodSync(path, 0o711);
  return path;
}

function describedBy([command = '', ...args]: string[], node = process.execPath): { layers: string[]; durationSeconds: number } {
  const { status, stdout, stderr } = spawnSync(command, [...args, node, program, clip], { cwd: '/', encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
