"""Measures soxr HQ's impulse responses and fits the rows of src/resampling/soxr-kernel.ts (run: python soxr-kernel.py [from to]).

Needs: pip install numpy scipy soxr. Impulses at every phase of a ratio give the response on a grid of 1/(from*up) seconds; the fit is of
its transform. Prints for each ratio: beta, reach, the error left (of RMS) without droop, and with droop where that is above 3e-7.
"""
import sys
from math import gcd

import numpy as np
import soxr
from scipy.optimize import least_squares
from scipy.special import i0

PASS_SHARE = 0.9568718  # c; the same for all ratios
DROOP_TERMS = 6
freqs = np.linspace(0, 1.02, 1400)  # of the lower Nyquist


def impulse_response(rate_from, rate_to):
    """t in samples of the lower rate, and h(t)."""
    up, down = rate_to // gcd(rate_from, rate_to), rate_from // gcd(rate_from, rate_to)
    lower = min(rate_from, rate_to)
    reach = int(130 * rate_from / lower) + 10
    spacing = 2 * reach + 1
    while gcd(spacing, up * down) != 1:  # so that the impulses meet every phase
        spacing += 1
    impulses = [reach + spacing * i for i in range(max(up, down))]
    x = np.zeros(impulses[-1] + reach + 10)
    x[impulses] = 1
    y = soxr.resample(x, rate_from, rate_to, quality="HQ")
    middle = reach * up
    h = np.full(2 * middle + 1, np.nan)
    for p in impulses:
        m = np.arange(max(-(-(p * up - middle) // down), 0), min((p * up + middle) // down, len(y) - 1) + 1)
        h[m * down - p * up + middle] = y[m]
    assert not np.isnan(h).any()
    return np.arange(-middle, middle + 1) / (rate_from * up) * lower, h * max(1, rate_from / rate_to)


def kaiser_response(beta, reach, dt=0.25):
    t = np.arange(0, np.ceil(reach / dt) + 1) * dt
    window = np.where(t < reach, i0(beta * np.sqrt(np.maximum(0, 1 - (t / reach) ** 2))), 0) / i0(beta)
    h = PASS_SHARE * np.sinc(PASS_SHARE * t) * window * dt
    h[1:] *= 2
    return np.cos(np.pi * np.outer(freqs, t)) @ h


def fit(rate_from, rate_to):
    t, h = impulse_response(rate_from, rate_to)
    near = np.abs(t) < 125
    t, h = t[near], h[near]
    stride = max(1, int(0.2 / (t[1] - t[0])))
    picked = np.arange(len(t) // 2 % stride, len(t), stride)
    measured = np.cos(np.pi * np.outer(freqs, t[picked])) @ h[picked] * (t[picked][1] - t[picked][0])
    for terms in (0, DROOP_TERMS):
        found = {"droop": np.zeros(0)}

        def residual(p):
            H = kaiser_response(p[0] * 10, p[1] * 100)
            if terms == 0:
                return H - measured
            basis = np.stack([H * freqs ** (2 * k) for k in range(1, terms + 1)], 1)
            found["droop"] = np.linalg.lstsq(basis, measured - H, rcond=None)[0]
            return basis @ found["droop"] + H - measured

        best = least_squares(residual, [1.35, 1.0], x_scale=[0.1, 0.1], xtol=1e-14, ftol=1e-14)
        left = np.sqrt(np.mean(best.fun**2) / np.mean(measured**2))
        print(rate_from, rate_to, "beta %.4f reach %.4f left %.1e" % (best.x[0] * 10, best.x[1] * 100, left), *np.round(found["droop"], 7), flush=True)
        if left < 3e-7:
            return


if len(sys.argv) > 2:
    fit(int(sys.argv[1]), int(sys.argv[2]))
else:
    for rate_to in (22050, 16000):
        for rate_from in (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000, 176400, 192000):
            if rate_from != rate_to:
                fit(rate_from, rate_to)
