"""Reference values of scikit-learn 1.9, scipy and numpy for libs/learning, written to golden.json: python make_golden.py

Everything is in the file: the inputs too, rounded so that they are the same numbers in f32.
"""
import json, os
import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest
from sklearn.ensemble import IsolationForest, RandomForestClassifier
from sklearn.metrics import (accuracy_score, average_precision_score, balanced_accuracy_score, confusion_matrix, log_loss,
                             precision_recall_fscore_support, roc_auc_score)
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.class_weight import compute_class_weight

rng = np.random.default_rng(20)


def f32(values, digits=4):
    """Few digits, and exactly what f32 makes of them."""
    return np.round(values, digits).astype(np.float32)


def plain(value):
    return value.tolist() if hasattr(value, "tolist") else value


def scaling():
    x = f32(rng.normal(size=(12, 4)) * [1, 100, 1e-3, 0] + [0, 5000, 1e-3, 0.1], 6)
    scaler = StandardScaler().fit(x.astype(np.float64))
    labels = [0, 0, 0, 0, 0, 0, 2, 2, 2, 3, 3, 3]
    weights = compute_class_weight("balanced", classes=np.array([0, 2, 3]), y=labels)
    return {"x": x, "mean": scaler.mean_, "scale": scaler.scale_, "z": scaler.transform(x.astype(np.float64)), "labels": labels, "weights": weights}


def measures():
    rows, labels = 150, 4
    truth = rng.choice(labels, rows, p=[0.5, 0.3, 0.15, 0.05])
    logits = 3 * rng.normal(size=(rows, labels))
    logits[np.arange(rows), truth] += 3
    logits[:, 3] -= 3
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p = f32(p, 2).astype(np.float64)  # many ties, some zeros
    predicted = p.argmax(axis=1)
    one_hot = np.eye(labels)[truth]
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted, zero_division=0)
    macro = precision_recall_fscore_support(truth, predicted, average="macro", zero_division=0)[:3]
    floored = np.maximum(p, 1e-7)
    confidence, right = p.max(axis=1), predicted == truth
    bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
    ece = sum(abs(right[bins == b].sum() - confidence[bins == b].sum()) for b in range(15)) / rows

    def loss(log_t):
        z = np.log(floored) / np.exp(log_t)
        return -(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))[np.arange(rows), truth].sum() + log_t**2 / 2

    temperature = np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-9}).x)
    return {
        "truth": truth, "probabilities": p, "accuracy": accuracy_score(truth, predicted), "balancedAccuracy": balanced_accuracy_score(truth, predicted),
        "precision": precision, "recall": recall, "f1": f1, "support": support, "macro": macro, "confusion": confusion_matrix(truth, predicted),
        "rocAuc": [roc_auc_score(one_hot[:, k], p[:, k]) for k in range(labels)],
        "prAuc": [average_precision_score(one_hot[:, k], p[:, k]) for k in range(labels)],
        "logLoss": -np.log(floored[np.arange(rows), truth]).mean(), "ece": ece, "temperature": temperature,
        "wilson": [[k, n, *binomtest(k, n).proportion_ci(method="wilson")] for k, n in ((7, 10), (0, 20), (20, 20), (350, 1000))],
    }


def flat(estimator, share=None):
    """A tree as lists: feature (-2 in leaves), threshold, children, and what a leaf holds."""
    tree = estimator.tree_
    held = tree.n_node_samples if share is None else share(tree.value[:, 0, :])
    return {"feature": tree.feature, "threshold": tree.threshold, "left": tree.children_left, "right": tree.children_right, "held": held}


def blobs(rows, columns, labels):
    truth = rng.integers(labels, size=rows)
    centres = 1.2 * rng.normal(size=(labels, columns))
    return f32(centres[truth] + rng.normal(size=(rows, columns)), 3), truth


def trees():
    settings = {"max_depth": 4, "min_samples_leaf": 5}
    while True:
        x, y = blobs(120, 5, 3)
        x[:, 4] = np.round(x[:, 4])  # many equal values
        grown = [DecisionTreeClassifier(**settings, random_state=seed).fit(x, y) for seed in range(20)]
        if all(np.array_equal(tree.tree_.feature, grown[0].tree_.feature) for tree in grown):
            break  # no tie decides: there is one right tree
    unseen, _ = blobs(40, 5, 3)
    forest = RandomForestClassifier(5, max_depth=6, random_state=1).fit(x, y)
    return {
        "x": x, "y": y, "tree": flat(grown[0], lambda value: value / value.sum(axis=1, keepdims=True)),
        "forest": [flat(tree, lambda value: value / value.sum(axis=1, keepdims=True)) for tree in forest.estimators_],
        "unseen": unseen, "probabilities": forest.predict_proba(unseen),
    }


def isolation():
    x = f32(rng.normal(size=(200, 4)), 3)
    x[:6] += 5
    forest = IsolationForest(n_estimators=8, max_samples=64, contamination=0.05, random_state=1).fit(x)
    return {
        "x": x, "subsample": 64, "contamination": 0.05, "forest": [flat(tree) for tree in forest.estimators_],
        "scores": -forest.score_samples(x), "threshold": -forest.offset_,
    }


golden = {"scaling": scaling(), "measures": measures(), "trees": trees(), "isolation": isolation()}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as file:
    json.dump(golden, file, default=plain, separators=(",", ":"))
    file.write("\n")
