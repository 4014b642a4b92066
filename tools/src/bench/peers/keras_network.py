"""What `npm run bench -- training` holds the convolutional networks against: the same list of layers in Keras, on rows of the same shape.

The first line {"layers", "input", "labels", "rows", "batch"} builds the model and trains one epoch, in which Keras traces its graph; each
line after it trains one more epoch and answers its wall and processor time.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as L  # noqa: E402


class AdditiveSelfAttention(L.Layer):
    def __init__(self, units):
        super().__init__()
        self.query = L.Dense(units, use_bias=False)
        self.key = L.Dense(units)
        self.score = L.Dense(1, use_bias=False)

    def call(self, x):
        bent = keras.ops.tanh(self.query(x)[:, :, None, :] + self.key(x)[:, None, :, :])
        return keras.ops.matmul(keras.ops.softmax(self.score(bent)[..., 0]), x)


def mean_and_max(x):
    over = tuple(range(1, len(x.shape) - 1))
    return L.Concatenate()([keras.ops.mean(x, axis=over), keras.ops.max(x, axis=over)])


def applied(layer, x, before):
    kind = layer["kind"]
    activation = layer.get("activation", "none")
    if kind == "conv2d":
        x = L.Conv2D(layer["filters"], layer["kernel"], strides=layer["strides"], padding="same", use_bias=layer["bias"])(x)
    elif kind == "conv1d":
        x = L.Conv1D(layer["filters"], layer["kernel"], strides=layer["stride"], padding="same", use_bias=layer["bias"])(x)
    elif kind == "batchNorm":
        x = L.BatchNormalization(momentum=layer["momentum"], epsilon=layer["epsilon"])(x)
    elif kind == "maxPool2d":
        x = L.MaxPooling2D(layer["size"])(x)
    elif kind == "maxPool1d":
        x = L.MaxPooling1D(layer["size"])(x)
    elif kind == "dropout":
        x = (L.SpatialDropout2D if layer["of"] == "channels" else L.Dropout)(layer["rate"])(x)
    elif kind == "reshape":
        x = L.Reshape(layer["shape"])(x)
    elif kind == "add":
        x = L.Add()([x, before[layer["from"]]])
    elif kind == "mean":
        x = L.GlobalAveragePooling2D()(x)
    elif kind == "meanAndMax":
        x = mean_and_max(x)
    elif kind == "lstm":
        x = L.LSTM(layer["units"], return_sequences=layer["sequences"])(x)
    elif kind == "selfAttention":
        x = AdditiveSelfAttention(layer["units"])(x)
    elif kind == "dense":
        x = L.Dense(layer["units"])(x)
    else:
        raise ValueError(kind)
    return L.ReLU()(x) if activation == "relu" else x


def network(question):
    x = inputs = keras.Input(question["input"])
    outputs = []
    for layer in question["layers"]:
        x = applied(layer, x, outputs)
        outputs.append(x)
    model = keras.Model(inputs, L.Softmax()(x))
    model.compile(keras.optimizers.AdamW(0.001, weight_decay=0.001), "categorical_crossentropy")
    return model


model = rows = targets = batch = None
for line in sys.stdin:
    question = json.loads(line)
    if model is None:
        batch = question["batch"]
        model = network(question)
        rows = np.random.default_rng(42).normal(size=(question["rows"], *question["input"])).astype(np.float32)
        targets = np.eye(question["labels"], dtype=np.float32)[np.arange(question["rows"]) % question["labels"]]
        model.fit(rows, targets, batch_size=batch, verbose=0)
    before, start = time.process_time(), time.perf_counter()
    model.fit(rows, targets, batch_size=batch, verbose=0)
    print(json.dumps({"seconds": time.perf_counter() - start, "processorSeconds": time.process_time() - before}), flush=True)
