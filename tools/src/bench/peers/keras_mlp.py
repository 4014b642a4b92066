"""What `npm run bench -- training --only mlp` is held against: the dense network of the talent recipe in Keras, on the same rows.

A line {"epochs", "rows", "validationRows", "columns", "batch", "repeat", "seed"} answers the time of a fit of a fresh model (Keras traces its graph
anew for each), of a second fit of the same model (traced before), the lowest validation loss of the first, and the time of single calls.
"""

import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402


def network(columns):
    layers = [keras.Input((columns,))]
    for units, dropout in zip((256, 128, 64, 32), (0.3, 0.3, 0.2, 0.2)):
        layers += [keras.layers.Dense(units, activation="relu"), keras.layers.BatchNormalization(), keras.layers.Dropout(dropout)]
    model = keras.Sequential([*layers, keras.layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(0.001), "binary_crossentropy", metrics=["accuracy"])
    return model


def blobs(random, rows, columns):
    labels = np.arange(rows) % 2
    return (random.normal(size=(rows, columns)) + 0.25 * labels[:, None]).astype(np.float32), labels.astype(np.float32)


def timed(work):
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": seconds, "processorSeconds": processor}


def answer(question):
    random = np.random.default_rng(question["seed"])
    columns = question["columns"]
    training = blobs(random, question["rows"], columns)
    validation = blobs(random, question["validationRows"], columns)
    keras.utils.set_random_seed(question["seed"])
    model = network(columns)
    options = {"epochs": question["epochs"], "batch_size": question["batch"], "validation_data": validation, "verbose": 0}
    losses = []
    first = timed(lambda: losses.extend(model.fit(*training, **options).history["val_loss"]))
    again = timed(lambda: model.fit(*training, **options))

    def call(rows):
        x = tf.constant(training[0][:1].repeat(rows, axis=0))
        model(x, training=False)
        times = []
        for _ in range(question["repeat"]):
            times.append(timed(lambda: model(x, training=False).numpy())["seconds"])
        return sorted(times)[len(times) // 4]

    return {"first": first, "again": again, "validationLoss": min(losses), "oneRowSeconds": call(1), "manyRowsSeconds": call(1024)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
