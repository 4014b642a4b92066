"""Reference values for libs/features, computed with librosa (run: python make_golden.py).

Needs: pip install "librosa==0.11.0" soundfile. Writes audio/*.wav and golden.json beside this file.
The audio is made here with a fixed seed, except audio/digit-*.wav: recordings from the Free Spoken Digit Dataset, left as they are.
"""
import json, pathlib, sys
import numpy as np, soundfile as sf, librosa, scipy, soxr

HERE = pathlib.Path(__file__).parent
AUDIO = HERE / "audio"
rng = np.random.default_rng(7)


def tone(f, sr, dur, amp=0.3):
    t = np.arange(int(sr * dur)) / sr
    return amp * np.sin(2 * np.pi * f * t)


def chord(freqs, sr, dur):
    t = np.arange(int(sr * dur)) / sr
    env = np.minimum(1, t / 0.01) * np.exp(-t * 1.2)
    return sum(env * 0.12 / h * np.sin(2 * np.pi * f * h * t) for f in freqs for h in (1, 2, 3, 4))


def click_track(bpm, sr, dur):
    y = np.zeros(int(sr * dur))
    burst = rng.standard_normal(int(0.03 * sr)) * np.exp(-np.arange(int(0.03 * sr)) / (0.006 * sr)) * 0.6
    for start in np.arange(0, dur - 0.05, 60 / bpm):
        i = int(start * sr)
        y[i:i + len(burst)] += burst
    return y


def song(bpm, sr, dur):
    beat = 60 / bpm
    prog = [(220, 277.18, 329.63), (174.61, 220, 261.63), (261.63, 329.63, 392), (196, 246.94, 293.66)]
    y = click_track(bpm, sr, dur)
    k, at = 0, 0.0
    while at < dur:
        c = chord(prog[k % 4], sr, min(4 * beat, dur - at))
        i = int(at * sr)
        n = min(len(c), len(y) - i)
        y[i:i + n] += c[:n]
        at += 4 * beat
        k += 1
    return y


def voice(sr, dur):
    """A sung vowel with vibrato, pauses of true silence between phrases."""
    t = np.arange(int(sr * dur)) / sr
    f0 = 196 * (1 + 0.015 * np.sin(2 * np.pi * 5.5 * t))
    phase = 2 * np.pi * np.cumsum(f0) / sr
    y = np.zeros_like(t)
    for h in range(1, 25):
        f = 196 * h
        gain = sum(np.exp(-((f - c) / w) ** 2) for c, w in ((700, 150), (1220, 200), (2600, 300))) + 0.02
        y += gain * np.sin(h * phase) / h ** 0.5
    gate = ((t % 2.0) < 1.4).astype(float)
    gate = np.convolve(gate, np.ones(int(0.02 * sr)) / int(0.02 * sr), "same")
    return 0.25 * y / np.max(np.abs(y)) * gate


SR = 22050
SIGNALS = {
    # name: (samples, sampleRate, subtype)
    "tone-440": (tone(440, SR, 2.0), SR, "PCM_16"),
    "chirp": (0.4 * scipy.signal.chirp(np.arange(SR * 3) / SR, 60, 3.0, 10500, method="logarithmic"), SR, "PCM_16"),
    "white-noise": (0.2 * rng.standard_normal(SR * 3), SR, "PCM_16"),
    "chord-detuned": (chord((225.0, 283.5, 337.1), SR, 4.0), SR, "PCM_16"),
    "clicks-97bpm": (click_track(97, SR, 12.0), SR, "PCM_16"),
    "song-120bpm": (song(120, SR, 15.0), SR, "PCM_16"),
    "song-174bpm": (song(174, SR, 12.0), SR, "PCM_16"),
    "voice": (voice(SR, 8.0), SR, "PCM_16"),
    "voice-24bit": (voice(SR, 3.0), SR, "PCM_24"),
    "voice-float": (voice(SR, 3.0), SR, "FLOAT"),
    "silence": (np.zeros(SR * 2), SR, "PCM_16"),
    "near-silence": (1e-5 * rng.standard_normal(SR * 2), SR, "FLOAT"),
    "dc-offset": (0.25 + 0.1 * rng.standard_normal(SR), SR, "PCM_16"),
    "impulse": (np.eye(1, SR, SR // 2)[0], SR, "FLOAT"),
    "clipped": (np.clip(3 * tone(330, SR, 1.5), -1, 1), SR, "PCM_16"),
    "short-100": (tone(1000, SR, 100 / SR), SR, "PCM_16"),
    "short-1500": (tone(1000, SR, 1500 / SR), SR, "PCM_16"),
    "one-sample": (np.array([0.5]), SR, "PCM_16"),
    "stereo-22k": (np.stack([tone(330, SR, 2.0), 0.1 * rng.standard_normal(SR * 2)], 1), SR, "PCM_16"),
    "song-44k-stereo": (np.stack([song(128, 44100, 10.0), song(128, 44100, 10.0) * 0.5], 1), 44100, "PCM_16"),
    "voice-48k": (voice(48000, 6.0), 48000, "PCM_16"),
    "voice-16k": (voice(16000, 6.0), 16000, "PCM_16"),
    "noise-8k": (0.2 * rng.standard_normal(8000 * 2), 8000, "PCM_16"),
    "tone-16k": (tone(700, 16000, 1.0) + 0.01 * rng.standard_normal(16000), 16000, "PCM_16"),
    "song-11k": (song(90, 11025, 8.0), 11025, "PCM_16"),
}
DIGIT_FILES = ["0_george_0.wav", "3_jackson_5.wav", "7_nicolas_11.wav", "9_lucas_2.wav"]


def column(x):
    return [float(v) for v in np.asarray(x, dtype=np.float64).ravel()]


def talent37(y, sr):
    intervals = librosa.effects.split(y, top_db=20)
    kept = np.concatenate([y[a:b] for a, b in intervals]) if len(intervals) else y
    mfcc = librosa.feature.mfcc(y=kept, sr=sr, n_mfcc=13)
    out = column(mfcc.mean(1)) + column(mfcc.std(1))
    for f in (librosa.feature.spectral_centroid(y=kept, sr=sr)[0], librosa.feature.spectral_rolloff(y=kept, sr=sr)[0],
              librosa.feature.zero_crossing_rate(kept)[0], librosa.feature.rms(y=kept)[0],
              librosa.feature.chroma_stft(y=kept, sr=sr)):
        out += [float(np.mean(f)), float(np.std(f))]
    tempo, _ = librosa.beat.beat_track(y=kept, sr=sr)
    return out + [float(np.atleast_1d(tempo)[0])], [[int(a), int(b)] for a, b in intervals]


def electro45(y, sr):
    mfcc = librosa.feature.mfcc(y=y, sr=sr, n_mfcc=13)
    out = column(mfcc.mean(1)) + column(mfcc.std(1)) + column(librosa.feature.chroma_stft(y=y, sr=sr).mean(1))
    out += [float(librosa.feature.spectral_centroid(y=y, sr=sr).mean()), float(librosa.feature.spectral_rolloff(y=y, sr=sr).mean()),
            float(librosa.feature.zero_crossing_rate(y).mean())]
    tempo, _ = librosa.beat.beat_track(y=y, sr=sr)
    return out + [float(np.atleast_1d(tempo)[0]), float(librosa.feature.rms(y=y).mean()),
                  float(librosa.feature.spectral_bandwidth(y=y, sr=sr).mean()), float(librosa.feature.spectral_flatness(y=y).mean())]


def logmel128(y, sr, seconds=5.0):
    n = int(sr * seconds)
    y = np.pad(y[:n], (0, max(0, n - len(y))))
    mel = librosa.feature.melspectrogram(y=y, sr=sr, n_fft=1024, hop_length=512, n_mels=128, fmin=0, fmax=11025)
    return librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=80)


def mfcc49x40(y, sr):
    m = librosa.feature.mfcc(y=y, sr=sr, n_mfcc=49)[:, :40]
    return np.pad(m, ((0, 0), (0, 40 - m.shape[1])))


def summary(m):
    """Enough of a matrix to pin it down: shape, moments, row means, and every value of five columns."""
    cols = sorted({0, 1, m.shape[1] // 3, m.shape[1] // 2, m.shape[1] - 1})
    return {"shape": list(m.shape), "mean": float(m.mean()), "std": float(m.std()), "rowMeans": column(m.mean(1)),
            "columns": {str(c): column(m[:, c]) for c in cols}}


def attempt(fn, *args):
    try:
        return fn(*args)
    except Exception as e:
        return {"librosaRaises": type(e).__name__ + ": " + str(e)[:160]}


def main():
    AUDIO.mkdir(parents=True, exist_ok=True)
    names = []
    for name, (y, sr, subtype) in SIGNALS.items():
        sf.write(AUDIO / f"{name}.wav", y, sr, subtype=subtype)
        names.append(name)
    for f in DIGIT_FILES:
        names.append("digit-" + f[:-4])
    clips = {}
    for name in names:
        path = AUDIO / f"{name}.wav"
        info = sf.info(path)
        native, sr0 = librosa.load(path, sr=None)
        y22, _ = librosa.load(path, sr=22050)
        y16, _ = librosa.load(path, sr=16000)
        t = attempt(talent37, y22, 22050)
        e = attempt(electro45, y22, 22050)
        l = attempt(logmel128, y22, 22050)
        m = attempt(mfcc49x40, y16, 16000)
        clips[name] = {
            "file": f"audio/{name}.wav", "sampleRate": info.samplerate, "channels": info.channels, "frames": info.frames, "subtype": info.subtype,
            "resampled22": info.samplerate != 22050, "resampled16": info.samplerate != 16000,
            "samples22": len(y22), "samples16": len(y16),
            "first22": column(y22[1000:1016]), "first16": column(y16[1000:1016]),
            "talent37": t if isinstance(t, dict) else {"vector": t[0], "nonSilent": t[1]},
            "electro45": e if isinstance(e, dict) else {"vector": e},
            "logmel128": l if isinstance(l, dict) else summary(l),
            "mfcc49x40": m if isinstance(m, dict) else summary(m),
        }
    # building blocks, on one clip at its own rate
    y, _ = librosa.load(AUDIO / "song-120bpm.wav", sr=22050)
    S = np.abs(librosa.stft(y))
    onset = librosa.onset.onset_strength(y=y, sr=22050)
    blocks = {
        "clip": "song-120bpm",
        "stftMagnitude": summary(S), "hann2048": summary(librosa.filters.get_window("hann", 2048)[None, :]),
        "mel22050x2048x128": summary(librosa.filters.mel(sr=22050, n_fft=2048)),
        "mel16000x2048x128": summary(librosa.filters.mel(sr=16000, n_fft=2048)),
        "mel22050x1024x128": summary(librosa.filters.mel(sr=22050, n_fft=1024, fmax=11025)),
        "chromaFilterTuning0": summary(librosa.filters.chroma(sr=22050, n_fft=2048, tuning=0.0)),
        "tuning": float(librosa.estimate_tuning(S=S ** 2, sr=22050, bins_per_octave=12)),
        "chroma": summary(librosa.feature.chroma_stft(y=y, sr=22050)),
        "mfcc13": summary(librosa.feature.mfcc(y=y, sr=22050, n_mfcc=13)),
        "centroid": summary(librosa.feature.spectral_centroid(y=y, sr=22050)),
        "rolloff": summary(librosa.feature.spectral_rolloff(y=y, sr=22050)),
        "bandwidth": summary(librosa.feature.spectral_bandwidth(y=y, sr=22050)),
        "flatness": summary(librosa.feature.spectral_flatness(y=y)),
        "zeroCrossingRate": summary(librosa.feature.zero_crossing_rate(y)),
        "rms": summary(librosa.feature.rms(y=y)),
        "onsetStrength": summary(onset[None, :]),
        "tempogramMean": column(librosa.feature.tempogram(onset_envelope=onset, sr=22050).mean(1)),
        "tempo": float(np.atleast_1d(librosa.feature.tempo(onset_envelope=onset, sr=22050))[0]),
        "beatTrackFrames": [int(v) for v in librosa.beat.beat_track(onset_envelope=onset, sr=22050)[1]],
    }
    columns = {
        "talent37": [f"mfcc_mean_{i}" for i in range(13)] + [f"mfcc_std_{i}" for i in range(13)] +
                    ["spectral_centroid_mean", "spectral_centroid_std", "spectral_rolloff_mean", "spectral_rolloff_std", "zcr_mean", "zcr_std",
                     "rms_mean", "rms_std", "chroma_mean", "chroma_std", "tempo_0"],
        "electro45": [f"mfcc_mean_{i}" for i in range(13)] + [f"mfcc_std_{i}" for i in range(13)] + [f"chroma_{i}" for i in range(12)] +
                     ["spectral_centroid", "spectral_rolloff", "zcr", "tempo", "rms", "spectral_bandwidth", "spectral_flatness"],
    }
    doc = {"versions": {"librosa": librosa.__version__, "numpy": np.__version__, "scipy": scipy.__version__, "soxr": soxr.__version__, "python": sys.version.split()[0]},
           "columns": columns, "blocks": blocks, "clips": clips}
    def rounded(v):
        if isinstance(v, float): return float(f"{v:.8g}")
        if isinstance(v, list): return [rounded(x) for x in v]
        if isinstance(v, dict): return {k: rounded(x) for k, x in v.items()}
        return v
    (HERE / "golden.json").write_text(json.dumps(rounded(doc), separators=(",", ":")))
    print(len(clips), "clips")


if __name__ == "__main__":
    main()
