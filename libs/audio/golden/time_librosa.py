"""Times librosa.load at 22,050 Hz mono, one thread: a path on each line of input, milliseconds of one run on each line of output."""
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import librosa

for line in sys.stdin:
    path = line.strip()
    start = time.perf_counter()
    librosa.load(path, sr=22050)
    print((time.perf_counter() - start) * 1000, flush=True)
