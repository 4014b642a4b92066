"""Reference values of speech-40@1, by numpy: python make_speech_golden.py writes speech.json.

Written from the formulas in src/speech-trim.ts, src/speech-mel-bank.ts and src/speech-power.ts, in double precision; it is their exact
definition. Clips have 8 kHz, so that no resampler takes part.
"""
import json
import pathlib
import wave

import numpy as np

HERE = pathlib.Path(__file__).parent
RATE, WINDOW, HOP, FFT, BANDS = 8000, 200, 96, 256, 40
CLIPS = ['digit-0_george_0', 'digit-3_jackson_5', 'digit-7_nicolas_11', 'digit-9_lucas_2']


def read(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2), path
        return np.frombuffer(file.readframes(file.getnframes()), '<i2') / 32768


def frames(x):
    count = max(1, 1 + (len(x) - WINDOW) // HOP)
    return [x[t * HOP:t * HOP + WINDOW] for t in range(count)]


def word(x):
    difference = np.concatenate([[0.0], np.diff(x)])
    level = np.array([10 * np.log10(np.mean(frame**2) + 1e-12) for frame in frames(difference)])
    peak, floor = level.max(), np.percentile(level, 5)
    if floor > peak - 30:
        return 0, len(x)
    loud = level > max(peak - 40, min(floor + 5, peak - 25))
    first = last = int(level.argmax())
    for t in range(first - 1, -1, -1):
        if loud[t] and first - t <= 20:
            first = t
    for t in range(last + 1, len(level)):
        if loud[t] and t - last <= 20:
            last = t
    return max(0, first - 4) * HOP, min(len(x), (last + 4) * HOP + WINDOW)


def bank():
    def mel(hz):
        return 2595 * np.log10(1 + hz / 700)

    edges = np.linspace(mel(80), mel(3900), BANDS + 2)
    bins = mel(np.arange(FFT // 2 + 1) * RATE / FFT)
    rows = []
    for low, centre, high in zip(edges, edges[1:], edges[2:]):
        triangle = np.clip(np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre)), 0, None)
        rows.append(triangle / triangle.sum() * (700 * (10 ** (centre / 2595) - 1)) / 500)
    return np.array(rows)


def speech(x):
    x = x - x.mean()
    start, end = word(x)
    x = x[start:end] - x[start:end].mean()
    x = np.pad(x, (0, max(0, WINDOW - len(x))))
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    power = np.abs(np.fft.rfft(np.array(frames(x)) * hann, FFT)) ** 2
    return (start, end), bank() @ power.T


def noise(length, amplitude):
    """White noise, the same as golden.fixture.ts makes."""
    state, out = 1, np.empty(length)
    for i in range(length):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out[i] = amplitude * (state - 2**32 if state >= 2**31 else state) / 2**31
    return out


def main():
    out = {}
    for name in CLIPS:
        samples = read(HERE / 'audio' / f'{name}.wav')
        # The second: the word after a second of faint noise and before another, so that there is something to trim.
        amid = noise(3 * RATE, 1e-4)
        amid[RATE:RATE + len(samples)] += samples
        for kind, x in {'alone': samples, 'amid faint noise': amid}.items():
            word_at, power = speech(x)
            columns = {str(t): power[:, t].tolist() for t in sorted({0, power.shape[1] // 3, power.shape[1] // 2, power.shape[1] - 1})}
            out[f'{name} {kind}'] = {'clip': name, 'amid': kind != 'alone', 'word': word_at, 'shape': power.shape, 'sum': power.sum(), 'columns': columns}
    (HERE / 'speech.json').write_text(json.dumps(out) + '\n')


if __name__ == '__main__':
    main()
