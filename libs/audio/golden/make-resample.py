"""Reference values for the resampler, computed with librosa (run: python make-resample.py). Needs: pip install "librosa==0.11.0" "soxr==1.1.0", on x86-64 Linux.

Input: `samples` values of a small generator that the test repeats, with digital silence from `silent[0]` to `silent[1]`. Output: the length, the
SHA-256 of all values (f32, little endian), and stretches of them for whoever looks for a difference: the beginning, the noise in the silence, the end.
"""
import hashlib
import json
import pathlib

import librosa
import numpy as np

SAMPLES = 20_000
SILENT = [7_000, 12_000]
RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 192000)
# what other rates lead to: positions between phases, up by more than 4, the interpolator first, up by 3 and by 5
OTHERS = [(44101, 22050), (44101, 16000), (4000, 22050), (2000, 22050), (28000, 16000), (37000, 22050), (14700, 22050), (29400, 22050), (4410, 22050), (768000, 16000)]


def noise(count):
    state, values = 1, []
    for _ in range(count):
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        values.append(0.25 * (state / 2**31 - 1))
    values[SILENT[0] : SILENT[1]] = [0] * (SILENT[1] - SILENT[0])
    return np.array(values, np.float32)


def reference(x, rate_from, rate_to):
    y = librosa.resample(x, orig_sr=rate_from, target_sr=rate_to)
    silence = int(SILENT[0] * rate_to / rate_from) + 130 * max(1, rate_to // rate_from)  # the filter has rung off
    starts = [0, silence, len(y) - 8]
    stretches = [[float(f"{v:.9g}") for v in y[at : at + 8]] for at in starts]
    sha256 = hashlib.sha256(y.astype("<f4").tobytes()).hexdigest()
    return {"from": rate_from, "to": rate_to, "length": len(y), "sha256": sha256, "starts": starts, "stretches": stretches}


x = noise(SAMPLES)
ratios = [(a, b) for b in (22050, 16000) for a in RATES if a != b] + OTHERS
out = {"samples": SAMPLES, "silent": SILENT, "ratios": [reference(x, *ratio) for ratio in ratios]}
pathlib.Path(__file__).with_name("resample.json").write_text(json.dumps(out, indent=1) + "\n")
