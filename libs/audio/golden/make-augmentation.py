"""Reference values for time stretching, pitch shifting and trimming, by librosa (run: python make-augmentation.py).

Needs: pip install "librosa==0.11.0". The input is a sum of two gliding tones, which the test makes again.
"""
import json
import pathlib

import librosa
import numpy as np

RATE = 22050
SAMPLES = 16_000

t = np.arange(SAMPLES) / RATE
x = (0.4 * np.sin(2 * np.pi * (220 * t + 150 * t**2)) + 0.2 * np.sin(2 * np.pi * (1330 * t - 90 * t**2))).astype(np.float32)
padded = np.concatenate([np.zeros(3000, np.float32), x, np.zeros(5000, np.float32)])


def stretch_of(y):
    return {"length": len(y), "start": 6000, "values": [float(f"{v:.8g}") for v in y[6000:6200]]}


out = {
    "samples": SAMPLES,
    "sampleRate": RATE,
    "stretch": [{"rate": rate, **stretch_of(librosa.effects.time_stretch(x, rate=rate))} for rate in (0.9, 1.1, 1.37)],
    "pitch": [{"semitones": n, **stretch_of(librosa.effects.pitch_shift(x, sr=RATE, n_steps=n))} for n in (-2, 0.5, 2)],
    "trim": [{"topDb": db, "bounds": [int(i) for i in librosa.effects.trim(padded, top_db=db)[1]]} for db in (20, 60)],
}
pathlib.Path(__file__).with_name("augmentation.json").write_text(json.dumps(out, indent=1) + "\n")
