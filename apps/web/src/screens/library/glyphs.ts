// A sign for each genre of the map: a shape and a colour, so that neither is needed to tell two apart.

export interface Glyph {
  /** The outline around (0, 0), about so far from it as `glyphRadius` says. */
  path: string;
  fill: string;
  /** The same colour by the name that the design has for it. */
  colour: string;
}

export const glyphRadius = 6;
const r = glyphRadius;
const polygon = (...corners: [number, number][]) =>
  `m${corners.map(([x, y], i) => [x - (corners[i - 1]?.[0] ?? 0), y - (corners[i - 1]?.[1] ?? 0)].join(' ')).join('l')}z`;

const shapes = [
  `m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  polygon([-r, r], [0, -r], [r, r]),
  polygon([-r, -r], [r, -r], [r, r], [-r, r]),
  polygon([-r, 0], [0, -r], [r, 0], [0, r]),
  polygon([-r, -r], [r, -r], [0, r]),
  polygon([-r, -2], [-2, -2], [-2, -r], [2, -r], [2, -2], [r, -2], [r, 2], [2, 2], [2, r], [-2, r], [-2, 2], [-r, 2]),
  polygon([-r, -r], [r, -r], [-r, r], [r, r]),
];
const fills = ['fill-series-1', 'fill-series-2', 'fill-series-3', 'fill-series-4', 'fill-series-5'];
const colours = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'];

/** Of the genre at a place of the list; 35 of them are all different. */
export function glyphOf(place: number): Glyph {
  return {
    path: shapes[place % shapes.length] ?? '',
    fill: fills[place % fills.length] ?? '',
    colour: colours[place % colours.length] ?? '',
  };
}
