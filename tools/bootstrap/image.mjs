// node tools/bootstrap/image.mjs APP FOLDER   gathers what an image needs to run an app, after npm ci for that app: see deploy/Dockerfile
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';
import { trimForImage } from './trim.mjs';

const [app, folder] = process.argv.slice(2);
const libs = readdirSync(join(root, 'node_modules/@earshot')).filter((name) => existsSync(join(root, 'libs', name)));
const ofWorkspace = (place) => ['package.json', 'bin', 'dist'].map((name) => `${place}/${name}`);
const paths = [
  ...['LICENSE', 'THIRD-PARTY-NOTICES', 'package.json', 'node_modules', 'prisma/migrations', 'docs/errors.md'],
  ...[...ofWorkspace(`apps/${app}`), `apps/${app}/node_modules`],
  ...libs.flatMap((name) => ofWorkspace(`libs/${name}`)),
  ...(['gateway', 'cli'].includes(app) ? ['models'] : []), // a gateway registers them when it starts
  ...(app === 'gateway' ? ['apps/web/dist'] : []),
];

for (const path of paths) {
  if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
}
trimForImage(join(folder, 'node_modules'));
