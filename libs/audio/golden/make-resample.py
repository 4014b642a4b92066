"""Reference values for the resampler, computed with librosa (run: python make-resample.py). Needs: pip install "librosa==0.11.0" "soxr==1.1.0".

Input: `samples` values of a small generator that the test repeats, which begin at full level, with digital silence from `silent[0]` to
`silent[1]`. Output: the length, the RMS, and four stretches: the beginning, a quarter, the end of the second third, the end.
"""
import json
import pathlib

import librosa
import numpy as np

SAMPLES = 12_000
SILENT = [7_000, 7_500]
STRETCH = 32
RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 192000)
# what other rates lead to: positions between phases, pitch shifts, up by much, up by 3 and by 5, down by 5 and by 48
OTHERS = [(44101, 22050), (44101, 16000), (4000, 3775), (3775, 4000), (28000, 16000), (37000, 22050), (4000, 22050), (14700, 22050)]
OTHERS += [(29400, 22050), (4410, 22050), (17640, 22050), (20000, 16000), (80000, 16000), (768000, 16000), (44100, 48000), (48000, 44100)]


def noise(count):
    state, values = 1, []
    for _ in range(count):
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        values.append(0.25 * (state / 2**31 - 1))
    values[SILENT[0] : SILENT[1]] = [0] * (SILENT[1] - SILENT[0])
    return np.array(values, np.float32)


def reference(x, rate_from, rate_to):
    y = librosa.resample(x, orig_sr=rate_from, target_sr=rate_to)
    starts = [0, len(y) // 4, 2 * len(y) // 3 - STRETCH, len(y) - STRETCH]
    stretches = [[float(f"{v:.9g}") for v in y[at : at + STRETCH]] for at in starts]
    return {"from": rate_from, "to": rate_to, "length": len(y), "rms": float(f"{np.sqrt(np.mean(y.astype(float) ** 2)):.9g}"), "starts": starts, "stretches": stretches}


x = noise(SAMPLES)
ratios = [(a, b) for b in (22050, 16000) for a in RATES if a != b] + OTHERS
out = {"samples": SAMPLES, "silent": SILENT, "ratios": [reference(x, *ratio) for ratio in ratios]}
pathlib.Path(__file__).with_name("resample.json").write_text(json.dumps(out) + "\n")
