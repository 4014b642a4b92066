"""The constants of `ln4` (assembly/lanes.ts): P of degree 8 with ln(1 + t) = t - t^2/2 + t^3*P(t), for 1 + t from sqrt(1/2) to sqrt(2). Needs numpy.

Least squares, again and again, with weights that follow the error (Lawson's way to the smallest greatest one); of the error relative to ln.
ln 2 is one number with few bits, of which products with exponents are exact in f32, and the rest.
"""
import numpy as np

t = np.sqrt(0.5) - 1 + (np.sqrt(2) - np.sqrt(0.5)) * (1 - np.cos(np.pi * (np.arange(4000) + 0.5) / 4000)) / 2
wanted = (np.log1p(t) - t + t * t / 2) / t**3
small = abs(t) < 1e-3
wanted[small] = 1 / 3 - t[small] / 4 + t[small] ** 2 / 5
scale = abs(t**3 / np.log1p(t))
powers = np.vander(t, 9)
weights = np.ones_like(t)
for _ in range(300):
    p = np.linalg.lstsq(powers * (scale * weights)[:, None], wanted * scale * weights, rcond=None)[0]
    error = abs(powers @ p - wanted) * scale
    weights *= np.sqrt(np.maximum(error, 1e-3 * error.max()) / error.max())
    weights /= weights.max()
print("P, highest power first:", ", ".join(f"{c:.10e}" for c in p.astype(np.float32)), f"greatest error {error.max():.1e}")
high = np.floor(np.log(2) * 2**12) / 2**12
print(f"ln 2: {high!r} and {np.float32(np.log(2) - high):.10e}")
