"""Times the way from a file to talent-37 by librosa, one thread: a path on each line of input, milliseconds of one run on each line of output."""
import os
import sys
import time
import warnings

for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
warnings.filterwarnings("ignore")
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../libs/features/golden"))

import librosa
from make_golden import talent37

for line in sys.stdin:
    path = line.strip()
    start = time.perf_counter()
    samples, rate = librosa.load(path, sr=22050)
    talent37(samples, rate)
    print((time.perf_counter() - start) * 1000, flush=True)
