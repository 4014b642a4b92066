// What was measured, in words and tables.

const pitches = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];

export function tellFacts(description, tempo, field) {
  const { durationSeconds, peak, rms, sampleRate, channels, leadingSilenceSeconds, trailingSilenceSeconds } = description;
  field('duration', `${durationSeconds.toFixed(2)} s`);
  field('tempo', tempo > 0 ? withNote(tempo.toFixed(1), 'beats a minute') : withNote('none', 'no onsets were found'));
  field('peak', level(peak));
  field('rms', level(rms));
  field('rate', `${sampleRate / 1_000} kHz`);
  field('channels', String(channels));
  field('silence', withNote(`${leadingSilenceSeconds.toFixed(2)} s`, `before, ${trailingSilenceSeconds.toFixed(2)} s after`));
}

/** Of each pitch class its mean strength over all frames. */
export function tellChroma(list, named) {
  const items = pitches.map((pitch, i) => {
    const strength = named.find(({ name }) => name === `chroma_${i}`).value;
    const item = document.createElement('li');
    const bar = document.createElement('i');
    bar.style.setProperty('--strength', String(strength));
    item.append(bar, pitch, small(strength.toFixed(2)));
    return item;
  });
  list.replaceChildren(...items);
}

/** What several entries have in common stands once, over them. */
export function tellFeatures(table, named) {
  const groups = [...Map.groupBy(named, ({ description }) => description)].map(([description, entries]) => {
    const group = document.createElement('tbody');
    const title = headerCell(description, 'rowgroup');
    title.colSpan = 3;
    group.append(row(title));
    for (const { name, value, unit } of entries) group.append(row(headerCell(name, 'row'), cell(significant(value), 'number'), cell(unit)));
    return group;
  });
  table.replaceChildren(table.tHead, ...groups);
}

/** A sample value between 0 and 1, and what it is in decibels of full scale. */
function level(value) {
  return withNote(value.toFixed(3), value > 0 ? `${(20 * Math.log10(value)).toFixed(1)} dBFS` : 'silent');
}

function withNote(text, note) {
  return [`${text} `, small(note)];
}

/** Six digits, as many as a 32-bit float can be sure of. */
function significant(value) {
  return String(Number(value.toPrecision(6)));
}

function row(...cells) {
  const tr = document.createElement('tr');
  tr.append(...cells);
  return tr;
}

function headerCell(text, scope) {
  const th = document.createElement('th');
  th.scope = scope;
  th.textContent = text;
  return th;
}

function cell(text, className = '') {
  const td = document.createElement('td');
  td.className = className;
  td.textContent = text;
  return td;
}

function small(text) {
  const element = document.createElement('small');
  element.textContent = text;
  return element;
}
