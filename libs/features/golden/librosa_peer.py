"""librosa as a peer process: computes or times the profiles of make_golden.py, one JSON request a line, one JSON answer a line.

Request {"profile": "talent37", "file": raw little-endian f32, "sampleRate": Hz, "repeat": n}: the samples are resampled as
librosa.load does, then the profile is computed (`samples22050`, `samples16000`: only resampled) once for its values (repeat 0), or timed n times after one warm-up.
Answer {"values": base64 of f32, "shape": [...], "raises": text or null} or {"ms": [...], "processorMs": [...]}.
"""
import base64, json, os, sys, time, warnings
for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
warnings.filterwarnings("ignore")
import numpy as np, librosa, make_golden

RATES = {"samples22050": 22050, "samples16000": 16000, "talent37": 22050, "electro45": 22050, "logmel128": 22050, "mfcc49x40": 16000}


def compute(profile, y):
    if profile.startswith("samples"):
        return y
    result = getattr(make_golden, profile)(y, RATES[profile])
    if profile == "talent37":
        return np.asarray(result[0])
    return np.asarray(result)


for line in sys.stdin:
    request = json.loads(line)
    profile, rate = request["profile"], request["sampleRate"]
    y = np.fromfile(request["file"], dtype="<f4")
    if rate != RATES[profile]:
        y = librosa.resample(y, orig_sr=rate, target_sr=RATES[profile], res_type="soxr_hq")
    if request["repeat"] > 0:
        compute(profile, y)
        answer = {"ms": [], "processorMs": []}
        for _ in range(request["repeat"]):
            start, processor_start = time.perf_counter(), time.process_time()
            compute(profile, y)
            answer["ms"].append(1000 * (time.perf_counter() - start))
            answer["processorMs"].append(1000 * (time.process_time() - processor_start))
    else:
        try:
            values = compute(profile, y)
            answer = {"values": base64.b64encode(values.astype("<f4").tobytes()).decode(), "shape": list(values.shape), "raises": None}
        except Exception as error:
            answer = {"values": "", "shape": [0], "raises": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
