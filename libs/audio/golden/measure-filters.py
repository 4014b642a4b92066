"""What filters librosa's resampler has, seen from outside (run: python measure-filters.py FROM TO ...). Needs: pip install "librosa==0.11.0" scipy.

Of impulses through `librosa.resample` the response h(t) is had at many places between two samples (t in samples of the lower rate). To it
a Kaiser-windowed sinc is fitted (cutoff, beta, reach), times a droop D(f) = d0 + sum of dn*cos(pi*n*f/2): that of an interpolator
behind it. Then the interpolator itself is fitted to the output of noise that begins at full level: another Kaiser-windowed sinc, which
takes the low-pass at `middle`, the input's rate times a power of two, from time 0 on. The formulas of src/resampling/measured-filters.ts
are what these numbers have in common.
"""
import math
import sys

import librosa
import numpy as np
from scipy.optimize import least_squares
from scipy.signal import fftconvolve
from scipy.special import i0

IMPULSES, WIDTH, DROOPS = 24, 130, 6


def resample(x, rate_from, rate_to):
    return librosa.resample(x.astype(np.float32), orig_sr=rate_from, target_sr=rate_to).astype(float)


def kaiser_sinc(cutoff, beta, reach, t):
    inside = np.clip(1 - (t / reach) ** 2, 0, None)
    return cutoff * np.sinc(cutoff * t) * i0(beta * np.sqrt(inside)) / i0(beta) * (inside > 0)


def impulse_response(rate_from, rate_to):
    low, gap = min(rate_from, rate_to), int(420 * rate_from / min(rate_from, rate_to)) + 1
    times, values = [], []
    for k in range(IMPULSES):
        at = gap + k * max(1, rate_from // math.gcd(rate_from, rate_to) // IMPULSES + 1)
        x = np.zeros(2 * gap + at)
        x[at] = 1
        y = resample(x, rate_from, rate_to)
        t = (np.arange(len(y)) / rate_to - at / rate_from) * low
        times.append(t[abs(t) < WIDTH])
        values.append(y[abs(t) < WIDTH] / min(1, rate_to / rate_from))
    return np.concatenate(times), np.concatenate(values)


def fit_low_pass(t, h, droops, start):
    def solved(p):
        columns = [kaiser_sinc(*p, t)] + [(kaiser_sinc(*p, t - n / 2) + kaiser_sinc(*p, t + n / 2)) / 2 for n in range(1, droops + 1)]
        columns = np.stack(columns, 1)
        d = np.linalg.lstsq(columns, h, rcond=None)[0]
        return d, columns @ d - h

    fit = least_squares(lambda p: solved(p)[1], start, x_scale=[1e-3, 0.1, 0.5], xtol=1e-13, ftol=1e-13)
    d, rest = solved(fit.x)
    return fit.x, d, np.sqrt(np.mean(rest**2) / np.mean(h**2))


def fit_interpolator(rate_from, rate_to, low_pass):
    low = min(rate_from, rate_to)
    up = 2 ** max(0, math.ceil(math.log2(2 * low / rate_from)))
    grid = rate_from * up / low
    x = np.random.default_rng(1).uniform(-0.25, 0.25, 3000).astype(np.float32)
    y = resample(x, rate_from, rate_to)[:-40]
    n = np.arange(-math.ceil(WIDTH * grid), math.ceil(WIDTH * grid) + 1)
    stuffed = np.zeros(len(x) * up)
    stuffed[::up] = x
    middle = fftconvolve(stuffed, kaiser_sinc(*low_pass, n / grid) / grid * up)[len(n) // 2 :]
    places = np.arange(len(y)) * (rate_from * up / rate_to)

    def rest(p, reach):
        out = np.zeros(len(y))
        for j in range(-10, 12):
            at = np.floor(places).astype(int) + j
            out += np.where((at >= 0) & (at < len(middle)), middle[np.clip(at, 0, len(middle) - 1)], 0) * kaiser_sinc(*p, reach, places - at)
        return (out - y) / np.sqrt(np.mean(y**2))

    fits = [(least_squares(rest, [0.9, 14], args=(taps / 2,), x_scale=[0.1, 1]), taps) for taps in range(11, 18)]
    best, taps = min(fits, key=lambda fit: fit[0].cost)
    return best.x, taps, np.sqrt(np.mean(best.fun**2))


rates = [int(rate) for rate in sys.argv[1:]]
for rate_from, rate_to in zip(rates[::2], rates[1::2]):
    response = impulse_response(rate_from, rate_to)
    low_pass, droop, rest = fit_low_pass(*response, 0, [0.9569, 13.04, 97.25])
    is_interpolated = rest > 4e-7
    if is_interpolated:
        low_pass, droop, rest = min((fit_low_pass(*response, n, [0.9569, 13.71, 102.2]) for n in (0, DROOPS)), key=lambda fit: fit[2])
    print(f"{rate_from} -> {rate_to}: low-pass cutoff, beta, reach {low_pass.round(7)}, droop {droop.round(7)}, rest {rest:.1e}")
    if len(droop) > 1 and rate_from < 4 * rate_to:
        interpolator, taps, rest = fit_interpolator(rate_from, rate_to, low_pass)
        print(f"  interpolator cutoff, beta {interpolator.round(6)}, {taps} taps, rest {rest:.1e} of the RMS of noise")
