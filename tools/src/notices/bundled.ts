/** What packages carry inside without an entry in the lockfile: libraries compiled to WebAssembly, programs. */
export interface Bundled {
  name: string;
  license: string;
  copyright: string;
  source: string;
}

/** By the package that carries it. A package without a licence text of its own that is compiled code must stand here. */
export const bundled: Record<string, readonly Bundled[]> = {
  'mpg123-decoder': [
    {
      name: 'mpg123',
      license: 'LGPL-2.1-or-later',
      copyright: 'Copyright (c) 1995-2020 by Michael Hipp and others, free software under the terms of the LGPL v2.1',
      source: 'https://www.mpg123.de',
    },
  ],
  '@wasm-audio-decoders/ogg-vorbis': [
    xiph('libvorbis', 'https://gitlab.xiph.org/xiph/vorbis'),
    xiph('libogg', 'https://gitlab.xiph.org/xiph/ogg'),
  ],
  'opus-decoder': [
    {
      name: 'libopus',
      license: 'BSD-3-Clause',
      copyright:
        'Copyright 2001-2023 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B. Terriberry, CSIRO, Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo, Mozilla, Amazon',
      source: 'https://opus-codec.org',
    },
  ],
  '@wasm-audio-decoders/common': [
    { name: 'puff', license: 'Zlib', copyright: 'Copyright (C) 2002-2013 Mark Adler, all rights reserved', source: 'https://zlib.net' },
  ],
};

/** Licence files elsewhere than in the package's own folder: what stands in redoc's bundle in place of the packages it names. */
export const furtherTexts: Record<string, readonly string[]> = { redoc: ['bundles/redoc.standalone.js.LICENSE.txt'] };

function xiph(name: string, source: string): Bundled {
  return { name, license: 'BSD-3-Clause', copyright: 'Copyright (c) 2002-2020, Xiph.org Foundation', source };
}
