import { z } from 'zod';

/** What the last stages of deploy/Dockerfile give each image. */
export interface Image {
  user: string | undefined;
  env: Record<string, string>;
  /** The port of the URL that its HEALTHCHECK asks; null where it has none. */
  healthPort: string | null;
  /** Whether it holds what tools/bootstrap/image.mjs gathers: the program, and the licences of all of it. */
  isGathered: boolean;
  /** What `chmod` said last, by file. */
  modes: Record<string, string>;
  entrypoint: string[];
}

/** The images by target: every stage, with what it inherits from the stage it starts from. */
export function imagesOf(dockerfile: string): Map<string, Image> {
  const stages = new Map<string, Image>();
  let stage: Image | undefined;
  for (const line of dockerfile.replaceAll(/\\\n/g, ' ').split('\n')) {
    const [instruction = '', ...words] = line.trim().split(/\s+/);
    if (instruction === 'FROM') {
      const [base = '', , name = ''] = words;
      const inherited = stages.get(base);
      stage = {
        user: inherited?.user,
        env: { ...inherited?.env },
        healthPort: inherited?.healthPort ?? null,
        isGathered: false,
        modes: { ...inherited?.modes },
        entrypoint: inherited?.entrypoint ?? [],
      };
      stages.set(name, stage);
    } else if (stage && instruction === 'USER') stage.user = words[0];
    else if (stage && instruction === 'ENV') Object.assign(stage.env, Object.fromEntries(words.map((word) => word.split('=', 2))));
    else if (stage && instruction === 'COPY') stage.isGathered ||= /^--from=\S+-files \/image \/app$/.test(words.join(' '));
    else if (stage && instruction === 'RUN') Object.assign(stage.modes, modesOf(words.join(' ')));
    else if (stage && instruction === 'ENTRYPOINT') stage.entrypoint = z.array(z.string()).parse(JSON.parse(words.join(' ')));
    else if (stage && instruction === 'HEALTHCHECK') stage.healthPort = /http:\/\/127\.0\.0\.1:(\d+)\/livez/.exec(line)?.[1] ?? null;
  }
  return stages;
}

function modesOf(command: string): Record<string, string> {
  const changes = command.matchAll(/chmod (\S+) ([^&|;]+)/g);
  return Object.fromEntries(
    [...changes].flatMap(([, mode = '', files = '']) =>
      files
        .trim()
        .split(' ')
        .map((file) => [file, mode]),
    ),
  );
}
