"""Reference values for the resampler, computed with librosa (run: python make-resample.py). Needs: pip install "librosa==0.11.0".

Input: `samples` values of a small generator that the test repeats. Output: the length, and four stretches: the beginning, two from the middle, the end.
"""
import json
import pathlib

import librosa
import numpy as np

SAMPLES = 12_000
RATIOS = [(a, b) for b in (22050, 16000) for a in (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 44101, 48000, 88200, 96000, 192000) if a != b]


def noise(count):
    state, values = 1, []
    for _ in range(count):
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        values.append(0.25 * (state / 2**31 - 1))
    return np.array(values, np.float32)


def reference(x, rate_from, rate_to):
    y = librosa.resample(x, orig_sr=rate_from, target_sr=rate_to)
    starts = [0, len(y) // 4, len(y) // 2 + 1, len(y) - 16]
    stretches = [[float(f"{v:.9g}") for v in y[at : at + 16]] for at in starts]
    return {"from": rate_from, "to": rate_to, "length": len(y), "rms": float(np.sqrt(np.mean(y**2))), "starts": starts, "stretches": stretches}


x = noise(SAMPLES)
out = {"samples": SAMPLES, "ratios": [reference(x, *ratio) for ratio in RATIOS]}
pathlib.Path(__file__).with_name("resample.json").write_text(json.dumps(out, indent=1) + "\n")
