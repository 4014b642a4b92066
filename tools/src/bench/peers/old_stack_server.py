"""The way of one upload through a stack as it was: FastAPI in one process, librosa at 22,050 Hz, talent-37, a Keras network of 256-128-64-32.

Run: python old_stack_server.py PORT. The weights mean nothing, as those of the bench's own model: only the time is looked at.
"""
import io
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.filterwarnings("ignore")
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../libs/features/golden"))

import librosa
import numpy
import uvicorn
from fastapi import FastAPI, File, UploadFile
from keras import Sequential
from keras.layers import BatchNormalization, Dense, Dropout, Input
from make_golden import talent37


def network():
    layers = [Input((37,))]
    for units, dropout in ((256, 0.3), (128, 0.3), (64, 0.2), (32, 0.2)):
        layers += [Dense(units, activation="relu"), BatchNormalization(), Dropout(dropout)]
    return Sequential([*layers, Dense(1, activation="sigmoid")])


model = network()
app = FastAPI()


@app.get("/readyz")
def ready():
    return {"status": "ready"}


@app.post("/api/v1/predictions/single")
def single(file: UploadFile = File(...)):
    samples, rate = librosa.load(io.BytesIO(file.file.read()), sr=22050)
    vector = numpy.asarray(talent37(samples, rate)[0])
    good = float(model.predict(vector[None], verbose=0)[0, 0])
    return {"filename": file.filename, "prediction": "good" if good >= 0.5 else "bad", "confidence": max(good, 1 - good)}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
