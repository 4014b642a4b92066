"""What `npm run bench -- forests` is held against: scikit-learn's two forests, one thread, on the same rows.

A line {"kind": "classes" or "anomalies", "folder", "rows", "testRows", "columns", "trees", "contamination", "seed", "repeat"}; in the folder
lie train.f32, test.f32 (rows × columns), train.i32 and test.i32 (labels). Answers the time of the fit, of a single row, and what was
found out on the test rows: the accuracy, or the area under the ROC curve of the anomaly scores (label 1 is an anomaly).
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
from sklearn.ensemble import IsolationForest, RandomForestClassifier  # noqa: E402
from sklearn.metrics import roc_auc_score  # noqa: E402


def answer(question):
    def read(name, rows, dtype):
        return np.fromfile(os.path.join(question["folder"], name), dtype).reshape(rows, -1)

    train, test = read("train.f32", question["rows"], "<f4"), read("test.f32", question["testRows"], "<f4")
    labels, truth = read("train.i32", question["rows"], "<i4").ravel(), read("test.i32", question["testRows"], "<i4").ravel()
    settings = {"n_estimators": question["trees"], "n_jobs": 1, "random_state": question["seed"]}
    is_forest = question["kind"] == "classes"
    model = RandomForestClassifier(**settings) if is_forest else IsolationForest(contamination=question["contamination"], **settings)
    start, processor = time.perf_counter(), time.process_time()
    model.fit(train, labels if is_forest else None)
    fit = {"seconds": time.perf_counter() - start, "processorSeconds": time.process_time() - processor}
    measure = (model.predict(test) == truth).mean() if is_forest else roc_auc_score(truth, -model.score_samples(test))
    times = []
    for i in range(question["repeat"]):
        start = time.perf_counter()
        model.predict_proba(test[i : i + 1]) if is_forest else model.score_samples(test[i : i + 1])
        times.append(time.perf_counter() - start)
    return {"fit": fit, "oneRowSeconds": sorted(times)[len(times) // 4], "measure": float(measure)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
