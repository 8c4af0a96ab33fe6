"""PyTorch, by its two exporters."""
import contextlib
import io
import logging
import warnings

import numpy as np
import onnx
import torch
from torch import nn

import data
from fixture import Made, Output, label, number, pipeline, probabilities, vector

torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
DYNAMO = {"library": "torch", "converter": "torch + onnxscript"}
SCRIPT = {"library": "torch", "converter": "torch"}


def trained(model, x, y, loss, steps, rate=0.02):
    torch.manual_seed(0)
    for layer in model.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()
    optimiser = torch.optim.Adam(model.parameters(), lr=rate)
    for _ in range(steps):
        optimiser.zero_grad()
        loss(model(*x) if isinstance(x, tuple) else model(x), y).backward()
        optimiser.step()
    return model.eval()


def answer(model, *tensors):
    with torch.no_grad():
        out = model(*tensors)
    return [o.numpy() for o in out] if isinstance(out, tuple) else out.numpy()


def exported(model, tensors, inputs, outputs, dynamic, dynamo, opset=18, **more):
    """The model's graph; dynamic: the first dimension is free."""
    file = io.BytesIO()
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if dynamo:
            shapes = tuple({0: torch.export.Dim("batch", min=2)} for _ in inputs) if dynamic is True else (
                dynamic or None)
            program = torch.onnx.export(
                model, tensors, input_names=inputs, output_names=outputs, dynamo=True,
                dynamic_shapes=shapes, opset_version=opset, external_data=False, verbose=False,
                **more)
            program.save(file, external_data=False)
        else:
            axes = {n: {0: "batch"} for n in inputs + outputs} if dynamic is True else dynamic
            torch.onnx.export(model, tensors, file, input_names=inputs, output_names=outputs,
                              dynamo=False, dynamic_axes=axes, opset_version=opset, **more)
    logging.disable(logging.NOTSET)
    graph = onnx.load_from_string(file.getvalue())
    assert not any(i.external_data for i in graph.graph.initializer)
    return graph


def floats(values):
    return torch.tensor(np.asarray(values, dtype=np.float32))


def codes(y):
    names, numbers = np.unique(y.astype(str), return_inverse=True)
    return [str(n) for n in names], numbers


class Mlp(nn.Module):
    def __init__(self, width, hidden, out, mean, std, soft=True):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.layers = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, out))
        self.soft = soft

    def forward(self, x):
        z = self.layers((x - self.mean) / self.std)
        return torch.softmax(z, dim=1) if self.soft and not self.training else z


def iris_mlp(d):
    names, y = codes(d.y)
    x = floats(d.matrix)
    model = Mlp(4, 8, 3, x.mean(0), x.std(0))
    return names, trained(model, x, torch.tensor(y), nn.CrossEntropyLoss(), 150)


@pipeline("PyTorch network", data.iris, "classification",
          "one float[batch, 4]; probabilities alone, labels by option", **DYNAMO)
def torch_mlp(d):
    names, model = iris_mlp(d)
    graph = exported(model, (floats(d.test),), ["x"], ["probabilities"], True, True)
    return Made(graph, [probabilities("probabilities", answer(model, floats(d.test)), names)],
                {"input_columns": {"x": d.columns}, "labels": names, "task": "classification"})


@pipeline("PyTorch network, TorchScript exporter, weights listed as inputs", data.iris,
          "classification", "one float[batch, 4] and four inputs that are weights", **SCRIPT)
def torch_mlp_script(d):
    names, model = iris_mlp(d)
    graph = exported(model, (floats(d.test),), ["x"], ["probabilities"], True, False, opset=13,
                     keep_initializers_as_inputs=True)
    return Made(graph, [probabilities("probabilities", answer(model, floats(d.test)), names)],
                {"input_columns": {"x": d.columns}, "labels": names, "task": "classification"})


@pipeline("PyTorch network exported for one row", data.iris, "classification",
          "one float[1, 4]: row by row", **DYNAMO)
def torch_mlp_one_row(d):
    names, model = iris_mlp(d)
    graph = exported(model, (floats(d.test[:1]),), ["x"], ["probabilities"], None, True)
    return Made(graph, [probabilities("probabilities", answer(model, floats(d.test)), names)],
                {"input_columns": {"x": d.columns}, "labels": names, "task": "classification"})


@pipeline("PyTorch network, one sigmoid for two classes", data.cancer, "classification",
          "one float[batch, 10]; one probability [batch, 1], of the second of two labels", **DYNAMO)
def torch_sigmoid(d):
    class Sigmoid(Mlp):
        def forward(self, x):
            return torch.sigmoid(super().forward(x))

    names, y = codes(d.y)
    x = floats(d.matrix)
    model = Sigmoid(10, 6, 1, x.mean(0), x.std(0), soft=False)
    trained(model, x, floats(y).unsqueeze(1), nn.BCELoss(), 150)
    graph = exported(model, (floats(d.test),), ["x"], ["malignant"], True, True)
    scores = answer(model, floats(d.test))
    return Made(graph, [Output("malignant", "probability", scores, [names[1]])],
                {"input_columns": {"x": d.columns}, "labels": names, "task": "classification"})


@pipeline("PyTorch network in double, regression", data.diabetes, "regression",
          "one double[batch, 10]; output [batch]", **DYNAMO)
def torch_regression(d):
    class Regression(Mlp):
        def forward(self, x):
            return super().forward(x).squeeze(1)

    x = torch.tensor(d.matrix)
    model = Regression(10, 8, 1, x.mean(0), x.std(0), soft=False).double()
    trained(model, x, torch.tensor(d.y), nn.MSELoss(), 300, 0.1)
    graph = exported(model, (torch.tensor(d.test),), ["x"], ["progression"], True, True)
    return Made(graph, [number("progression", answer(model, torch.tensor(d.test)))],
                {"input_columns": {"x": d.columns}})


@pipeline("PyTorch network in float16", data.iris, "classification",
          "one float16[batch, 4]; float16 out",
          cause="float16: three digits; ONNX Runtime computes in float32 between the operators",
          **SCRIPT)
def torch_half(d):
    names, model = iris_mlp(d)
    half = model.half()
    x = torch.tensor(d.test.astype(np.float16))
    graph = exported(half, (x,), ["x"], ["probabilities"], True, False, opset=17)
    return Made(graph, [probabilities("probabilities", answer(half, x).astype(np.float64), names)],
                {"input_columns": {"x": d.columns}, "labels": names, "task": "classification"})


class Digits(nn.Module):
    """Two convolutions over a small picture."""

    def __init__(self, channels=1, stride=1):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(channels, 6, 3, padding=1, stride=stride), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 12, 3, padding=1, stride=stride), nn.ReLU(), nn.AvgPool2d(2))
        self.head = nn.Linear(48, 10)

    def forward(self, x):
        z = self.head(self.features(x).flatten(1))
        return z if self.training else (torch.softmax(z, dim=1), z.argmax(dim=1))


@pipeline("PyTorch convolutions over 8 x 8 digits", data.digits, "classification",
          "one float[batch, 1, 8, 8] fed by 64 columns; probabilities, then the label", **DYNAMO)
def torch_cnn(d):
    x = floats(d.matrix).reshape(-1, 1, 8, 8)
    model = trained(Digits(), x, torch.tensor(d.y), nn.CrossEntropyLoss(), 120, 0.02)
    test = floats(d.test).reshape(-1, 1, 8, 8)
    graph = exported(model, (test,), ["pixels"], ["probabilities", "label"], True, True)
    scores, best = answer(model, test)
    return Made(graph, [probabilities("probabilities", scores, range(10)), label("label", best)],
                {"input_columns": {"pixels": d.columns}})


class Embedding(nn.Module):
    """Numbers beside codes of a category."""

    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.islands = nn.Embedding(3, 2)
        self.head = nn.Linear(4, 1)

    def forward(self, island, heavy, numbers):
        both = torch.cat([(numbers - self.mean) / self.std, self.islands(island)], dim=1)
        return self.head(both) * 500 + 4000 + 100 * heavy.unsqueeze(1).float()


@pipeline("PyTorch with an embedding of a code", data.penguins_codes_small, "regression",
          "int64[batch], bool[batch] and float[batch, 2]: three inputs of three shapes", **DYNAMO)
def torch_embedding(d):
    def tensors(x):
        return (torch.tensor(x["island"].to_numpy(dtype=np.int64)),
                torch.tensor(x["heavy"].to_numpy(dtype=bool)),
                floats(x[["bill_length_mm", "flipper_length_mm"]].to_numpy(dtype=float)))

    x = tensors(d.x)
    model = Embedding(x[2].mean(0), x[2].std(0))
    trained(model, x, floats(d.y).unsqueeze(1), nn.MSELoss(), 200, 0.05)
    graph = exported(model, tensors(d.rows), ["island", "heavy", "numbers"], ["grams"], True, True)
    return Made(graph, [number("grams", answer(model, *tensors(d.rows)))],
                {"input_columns": {"numbers": ["bill_length_mm", "flipper_length_mm"]}})


@pipeline("PyTorch auto-encoder: the code of a row", data.wine, "transform",
          "one float[batch, 13]; a [batch, 4] vector and its reconstruction [batch, 13]", **SCRIPT)
def torch_encoder(d):
    class Coder(nn.Module):
        def __init__(self, mean, std):
            super().__init__()
            self.register_buffer("mean", mean)
            self.register_buffer("std", std)
            self.encode = nn.Sequential(nn.Linear(13, 4), nn.Tanh())
            self.decode = nn.Linear(4, 13)

        def forward(self, x):
            code = self.encode((x - self.mean) / self.std)
            back = self.decode(code) * self.std + self.mean
            return back if self.training else (code, back)

    x = floats(d.matrix)
    model = Coder(x.mean(0), x.std(0))
    trained(model, x, x, lambda a, b: (((a - b) / model.std) ** 2).mean(), 150)
    graph = exported(model, (floats(d.test),), ["x"], ["embedding", "reconstruction"], True, False,
                     opset=17)
    code, back = answer(model, floats(d.test))
    return Made(graph, [vector("embedding", code), vector("reconstruction", back)],
                {"input_columns": {"x": d.columns}})
