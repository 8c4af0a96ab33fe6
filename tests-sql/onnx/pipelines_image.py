"""Pictures of digits: decode, bring to size, normalise as declared, then a convolutional network.

The declared preprocessing is done here by Pillow and NumPy, and that is what the expected values
come from. `resize` is Pillow's bilinear filter: a triangle that is widened when a picture shrinks
(half-pixel centres, weights added up in fixed point, each direction rounded to 8 bits). Java's
and OpenCV's bilinear do not widen: they agree where a picture grows and differ where it shrinks.
"""
import functools
import io

import numpy as np
import pandas as pd
import torch
from PIL import Image
from sklearn import datasets
from torch import nn

import data
from fixture import Made, label, pipeline, probabilities
from pipelines_torch import DYNAMO, Digits, answer, exported, trained

COUNT = 24
MODES = ["L", "RGB", "P", "RGBA", "LA", "1"]
SIZES = [(8, 8), (16, 16), (32, 32), (20, 28), (64, 48), (100, 100)]


def digit(pixels):
    return Image.fromarray((pixels.reshape(8, 8) * 15.9375).astype(np.uint8), "L")


@functools.cache
def pictures():
    """20 PNG files of several sizes and colour models, then four JPEG files."""
    d = data.digits()
    result = []
    for k in range(COUNT):
        picture = digit(d.test[k])
        jpeg = k >= 20
        size = SIZES[k % len(SIZES)]
        if size != (8, 8):
            picture = picture.resize(size, Image.Resampling.BICUBIC)
        mode = "RGB" if jpeg else MODES[(k // len(SIZES) + k) % len(MODES)]
        if mode in ("RGBA", "LA"):
            picture = picture.convert(mode)
            picture.putalpha(255)
        elif mode == "P":
            picture = picture.convert("RGB").quantize(16)
        else:
            picture = picture.convert(mode)
        file = io.BytesIO()
        picture.save(file, "JPEG" if jpeg else "PNG", **({"quality": 95} if jpeg else {"optimize": True}))
        result.append((f"{k:02d}.{'jpg' if jpeg else 'png'}", file.getvalue()))
    return result


@functools.cache
def images():
    names = [n for n, _ in pictures()]
    return data.Data("digit_images", None, None, pd.DataFrame({"file": names}, dtype=object),
                     {"file": "VARCHAR"})


def prepared(picture, how):
    """Decode, colour, resize, scale, normalise, layout: in this order."""
    picture = picture.convert("L" if how["channels"] == 1 else "RGB")
    if "resize" in how and picture.size != tuple(how["resize"]):
        picture = picture.resize(how["resize"], Image.Resampling.BILINEAR)
    x = np.asarray(picture, dtype=np.float32).reshape(picture.height, picture.width, -1)
    x = x * np.float32(how["scale"])
    x = (x - np.array(how["mean"], dtype=np.float32)) / np.array(how["std"], dtype=np.float32)
    return x.transpose(2, 0, 1) if how["layout"] == "NCHW" else x


def decoded(how):
    return np.stack([prepared(Image.open(io.BytesIO(b)), how) for _, b in pictures()])


def training(how):
    b = datasets.load_digits()
    x = np.stack([prepared(digit(p), how) for p in b.data[:1200]])
    return torch.tensor(x), torch.tensor(b.target[:1200])


def resized(how):
    """The pictures after decoding, colour and size, as PNG: what a loader's own steps must give."""
    result = {}
    for name, content in pictures():
        picture = Image.open(io.BytesIO(content)).convert("L" if how["channels"] == 1 else "RGB")
        picture = picture.resize(how["resize"], Image.Resampling.BILINEAR)
        file = io.BytesIO()
        picture.save(file, "PNG", optimize=True)
        size = f"{how['resize'][0]}x{how['resize'][1]}"
        result[f"../../rows/digit_images/{size}/{name[:2]}.png"] = file.getvalue()
    return result


def files(how):
    return {**{f"../../rows/digit_images/{n}": b for n, b in pictures()}, **resized(how)}


def one_level(model, how, scores):
    """How far the answers move when each pixel is off by one or not, at random: the largest of 20."""
    random = np.random.default_rng(22)
    x = decoded(how)
    step = how["scale"] / np.array(how["std"], dtype=np.float32)
    step = step.reshape(-1, 1, 1) if how["layout"] == "NCHW" else step
    off = [answer(model, torch.tensor((x + step * random.integers(-1, 2, x.shape)).astype(np.float32)))[0]
           for _ in range(20)]
    return float(f"{max(np.abs(o - scores).max() for o in off):.2g}")


def made(model, how, inputs, top=None):
    test = torch.tensor(decoded(how))
    graph = exported(model, (test,), [inputs], ["probabilities", "label"], True, True)
    scores, best = answer(model, test)
    note = {"image": {"column": "file", "folder": "rows/digit_images",
                      "filter": "Pillow bilinear (triangle, widened when shrinking)", **how,
                      "resized": f"{how['resize'][0]}x{how['resize'][1]}",
                      # JPEG decoders may differ by one in a pixel, and so may resizing.
                      "deviation_for_one_level": one_level(model, how, scores)}}
    return Made(graph, [probabilities("probabilities", scores, range(10)), label("label", best)],
                {"image_columns": ["file"], "image": how}, note, files(how),
                lambda frame, session: {inputs: decoded(how)})


GREY = {"channels": 1, "resize": [8, 8], "scale": 1 / 255, "mean": [0.0], "std": [1.0],
        "layout": "NCHW"}
COLOUR = {"channels": 3, "resize": [32, 32], "scale": 1 / 255, "mean": [0.485, 0.456, 0.406],
          "std": [0.229, 0.224, 0.225], "layout": "NCHW"}
LAST = {"channels": 3, "resize": [32, 32], "scale": 1 / 127.5, "mean": [1.0, 1.0, 1.0],
        "std": [1.0, 1.0, 1.0], "layout": "NHWC"}


@pipeline("Pictures of digits, grey, 8 x 8", images, "classification",
          "float[batch, 1, 8, 8]; probabilities and label", **DYNAMO)
def image_grey(d):
    x, y = training(GREY)
    return made(trained(Digits(), x, y, nn.CrossEntropyLoss(), 120, 0.02), GREY, "pixels")


@pipeline("Pictures of digits, three colours, 32 x 32, normalised as ImageNet's", images,
          "classification", "float[batch, 3, 32, 32]; probabilities and label", **DYNAMO)
def image_colour(d):
    x, y = training(COLOUR)
    return made(trained(Digits(3, 2), x, y, nn.CrossEntropyLoss(), 100, 0.02), COLOUR, "pixel_values")


class Last(nn.Module):
    """The same network for pictures whose last dimension is the colour, as Keras has them."""

    def __init__(self):
        super().__init__()
        self.inner = Digits(3, 2)

    def forward(self, x):
        return self.inner(x.permute(0, 3, 1, 2))


@pipeline("Pictures of digits, colour last, from -1 to 1", images, "classification",
          "float[batch, 32, 32, 3]; probabilities and label", **DYNAMO)
def image_colour_last(d):
    x, y = training(LAST)
    return made(trained(Last(), x, y, nn.CrossEntropyLoss(), 100, 0.02), LAST, "input_1")
