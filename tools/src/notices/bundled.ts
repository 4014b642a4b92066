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
  '@resvg/resvg-wasm': [
    crates('resvg with usvg', 'MPL-2.0', 'Copyright Yevhenii Reizner', 'https://github.com/zimond/resvg/tree/3495d870'),
    crates('tiny-skia', 'BSD-3-Clause', 'Copyright (c) 2011 Google Inc., (c) 2020 Yevhenii Reizner'),
    crates('alloc-no-stdlib and brotli-decompressor', 'BSD-3-Clause', 'Copyright (c) 2016 Dropbox, Inc.'),
    crates('woff2', 'Apache-2.0', 'Copyright Brian Hanechak, Emily Crandall Fleischman', 'https://github.com/yisibl/woff2-rs'),
    crates('unicode-general-category', 'Apache-2.0', 'Copyright YesLogic Pty. Ltd.'),
    crates('adler32 and slotmap', 'Zlib', 'Copyright (C) 1995-1998, 2011, 2016 Mark Adler, Remi Rampin; (c) 2021 Orson Peters'),
    crates(
      'rustybuzz, ttf-parser, fontdb, roxmltree, xmlparser, xmlwriter, rctree, svgtypes, simplecss, kurbo, png, gif, jpeg-decoder, imagesize, weezl, deflate, flate2, miniz_oxide, pathfinder, unicode-bidi, unicode-script, data-url, base64, bytemuck, bytes, bitvec, arrayvec, smallvec, tinyvec, serde_json and wasm-bindgen',
      'MIT',
      'Copyright the authors named at crates.io: HarfBuzz developers, Yevhenii Reizner, Raph Levien, The image-rs Developers, Maid Dog, oyvindln, Alex Crichton, Josh Triplett, Frommi, Patrick Walton, The Servo Project Developers, Manish Goregaokar, Simon Sapin, Alice Maz, Marshall Pierce, Lokathor, Carl Lerche, Sean McArthur, myrrlyn, bluss, Erick Tryzelaar, David Tolnay, The wasm-bindgen Developers',
    ),
  ],
  '@wasm-audio-decoders/common': [
    { name: 'puff', license: 'Zlib', copyright: 'Copyright (C) 2002-2013 Mark Adler, all rights reserved', source: 'https://zlib.net' },
  ],
};

/** Licence files elsewhere than in the package's own folder: what stands in redoc's bundle in place of the packages it names. */
export const furtherTexts: Record<string, readonly string[]> = { redoc: ['bundles/redoc.standalone.js.LICENSE.txt'] };

/** Libraries of Rust; their sources by name at crates.io, unless one of its own is named. */
function crates(name: string, license: string, copyright: string, source = 'https://crates.io'): Bundled {
  return { name, license, copyright, source };
}

function xiph(name: string, source: string): Bundled {
  return { name, license: 'BSD-3-Clause', copyright: 'Copyright (c) 2002-2020, Xiph.org Foundation', source };
}
