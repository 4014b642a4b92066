// The waveform and the spectrogram, over one axis of time.

/** Levels of up to 128 parts, from -127 to 127, as one filled shape. */
export function drawWaveform(svg, { lowest, highest }) {
  const count = highest.length;
  svg.setAttribute('viewBox', `0 -127 ${Math.max(count, 1)} 254`);
  const over = highest.map((level, i) => `L${i + 0.5} ${-level - 1}`);
  const under = lowest.map((level, i) => `L${i + 0.5} ${-level + 1}`).reverse();
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', `M0 0${over.join('')}L${count} 0${under.join('')}Z`);
  svg.querySelector('path')?.remove();
  svg.append(shape);
}

export function drawSpectrogram(image, scale, picture, durationSeconds) {
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(picture);
  image.alt = `Spectrogram of ${durationSeconds.toFixed(2)} seconds, 0 to 11,025 Hz on the mel scale`;
  const ticks = [0, 500, 1_000, 2_000, 4_000, 8_000].map((hz) => {
    const tick = document.createElement('span');
    tick.textContent = hz < 1_000 ? `${hz} Hz` : `${hz / 1_000} kHz`;
    tick.style.top = `${100 * (1 - mel(hz) / mel(11_025))}%`;
    if (hz === 0) tick.className = 'start';
    return tick;
  });
  scale.replaceChildren(...ticks);
}

/** Between four and eight steps of 1, 2 or 5 times a power of ten. */
export function showSeconds(axis, durationSeconds) {
  const rough = durationSeconds / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks = [];
  for (let i = 0; i * step <= durationSeconds * 0.97; i++) {
    const tick = document.createElement('span');
    tick.textContent = `${(i * step).toFixed(decimals)} s`;
    tick.style.left = `${(100 * i * step) / durationSeconds}%`;
    ticks.push(tick);
  }
  axis.replaceChildren(...ticks);
}

/** Slaney's mel scale: linear up to 1 kHz, 27 mels for each factor of 6.4 above. */
function mel(hz) {
  return hz < 1_000 ? (3 * hz) / 200 : 15 + (27 * Math.log(hz / 1_000)) / Math.log(6.4);
}
