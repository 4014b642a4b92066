/** What the last stages of deploy/Dockerfile give each image. */
export interface Image {
  user: string | undefined;
  env: Record<string, string>;
  /** The port of the URL that its HEALTHCHECK asks; null where it has none. */
  healthPort: string | null;
  /** Whether it holds what tools/bootstrap/image.mjs gathers: the program, and the licences of all of it. */
  isGathered: boolean;
  /** Whether its programs may not read the node that runs them, so that they see nothing of each other's environment and memory. */
  isNodeUnreadable: boolean;
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
        isNodeUnreadable: inherited?.isNodeUnreadable ?? false,
      };
      stages.set(name, stage);
    } else if (stage && instruction === 'USER') stage.user = words[0];
    else if (stage && instruction === 'ENV') Object.assign(stage.env, Object.fromEntries(words.map((word) => word.split('=', 2))));
    else if (stage && instruction === 'COPY') stage.isGathered ||= /^--from=\S+-files \/image \/app$/.test(words.join(' '));
    else if (stage && instruction === 'RUN') stage.isNodeUnreadable ||= words.join(' ') === 'chmod 711 /usr/local/bin/node';
    else if (stage && instruction === 'HEALTHCHECK') stage.healthPort = /http:\/\/127\.0\.0\.1:(\d+)\/livez/.exec(line)?.[1] ?? null;
  }
  return stages;
}
