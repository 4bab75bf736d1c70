"""The networks of parity files in float64 PyTorch, with weights in TensorFlow's layouts. It knows no losses or updates."""
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
EPSILON = 1e-5  # of normalisations


class Network:
    """Layers from a config, with weights by their names; what an optimiser moves is in `parameters`."""

    def __init__(self, layers, input_shape, head_units, head_has_bias):
        self.layers = layers
        self.weights = {}
        self.trainable = set()
        shape = list(input_shape)
        for index, layer in enumerate(layers):
            if index == len(layers) - 1 and head_units:
                head = {"type": "dense", "units": head_units, "useBias": head_has_bias}
                self.head = {**head, "spectralNorm": layer.get("spectralNorm", False)}
                self.declare("head", self.head, shape)
            shape = self.declare(str(index), layer, shape)

    def add(self, name, shape, value=None, trainable=True):
        tensor = 0.5 * torch.randn(shape) if value is None else torch.full(shape, float(value))
        self.weights[name] = tensor.requires_grad_(trainable)
        if trainable:
            self.trainable.add(name)

    def linear(self, name, layer, kernel_shape, outputs):
        self.add(f"{name}.kernel", kernel_shape)
        if layer.get("useBias", True):
            self.add(f"{name}.bias", [outputs])
        if layer.get("spectralNorm"):
            size = torch.Size(kernel_shape).numel() // outputs
            self.add(f"{name}.u", [outputs], trainable=False)
            self.add(f"{name}.v", [size], trainable=False)

    def norm(self, name, channels, is_batch):
        self.add(f"{name}.gamma", [channels])
        self.add(f"{name}.beta", [channels])
        if is_batch:
            self.add(f"{name}.movingMean", [channels], 0, trainable=False)
            self.add(f"{name}.movingVariance", [channels], 1, trainable=False)

    def declare(self, name, layer, shape):
        """Makes the weights of a layer; the shape that it puts out."""
        kind = layer["type"]
        if kind == "dense":
            self.linear(name, layer, [shape[0], layer["units"]], layer["units"])
            return [layer["units"]]
        if kind in ("conv2d", "conv2dTranspose"):
            size, filters, strides = layer["kernelSize"], layer["filters"], layer.get("strides", 1)
            if kind == "conv2d":
                self.linear(name, layer, [size, size, shape[2], filters], filters)
                return [-(-shape[0] // strides), -(-shape[1] // strides), filters]
            self.linear(name, layer, [size, size, filters, shape[2]], filters)
            return [shape[0] * strides, shape[1] * strides, filters]
        if kind == "residualBlock":
            return self.declare_block(name, layer, shape)
        if kind in ("batchNorm", "instanceNorm"):
            self.norm(name, shape[-1], kind == "batchNorm")
        if kind == "flatten":
            return [torch.Size(shape).numel()]
        if kind == "reshape":
            return layer["targetShape"]
        if kind == "globalSumPooling2d":
            return shape[2:]
        if kind == "averagePooling2d":
            return [shape[0] // layer["poolSize"], shape[1] // layer["poolSize"], shape[2]]
        if kind == "minibatchStdDev":
            return [*shape[:-1], shape[-1] + 1]
        return shape

    def declare_block(self, name, layer, shape):
        filters, normalized = layer["filters"], layer["normalization"] == "batchNorm"
        conv = {**layer, "type": "conv2d", "strides": 1}
        if normalized:
            self.norm(f"{name}.norm1", shape[2], True)
        self.declare(f"{name}.conv1", {**conv, "useBias": not normalized}, shape)
        if normalized:
            self.norm(f"{name}.norm2", filters, True)
        self.declare(f"{name}.conv2", conv, [*shape[:2], filters])
        if shape[2] != filters:
            self.declare(f"{name}.shortcut", {**conv, "kernelSize": 1, "useBias": False}, shape)
        factor = {"none": 1, "up": 2, "down": 0.5}[layer["resample"]]
        return [int(shape[0] * factor), int(shape[1] * factor), filters]

    def parameters(self):
        return [self.weights[name] for name in self.weights if name in self.trainable]

    def matrix(self, name):
        """A kernel with a row for each output."""
        kernel, outputs = self.weights[f"{name}.kernel"], self.weights[f"{name}.u"].numel()
        transposed = name.isdigit() and self.layers[int(name)]["type"] == "conv2dTranspose"
        return kernel.movedim(-2 if transposed else -1, 0).reshape(outputs, -1)

    @torch.no_grad()
    def iterate_power(self, times=1):
        for _ in range(times):
            for name in [key[:-2] for key in self.weights if key.endswith(".u")]:
                u, v, matrix = self.weights[f"{name}.u"], self.weights[f"{name}.v"], self.matrix(name)
                v.copy_(F.normalize(matrix.T @ u, dim=0, eps=1e-12))
                u.copy_(F.normalize(matrix @ v, dim=0, eps=1e-12))

    def kernel(self, name):
        kernel = self.weights[f"{name}.kernel"]
        if f"{name}.u" not in self.weights:
            return kernel
        return kernel / (self.weights[f"{name}.u"] @ self.matrix(name) @ self.weights[f"{name}.v"])

    def bias(self, name):
        return self.weights.get(f"{name}.bias", torch.zeros(1))

    def forward(self, x, training, first=0, last=None):
        for index, layer in list(enumerate(self.layers))[first:last]:
            x = self.through(str(index), layer, x, training)
        return x

    def features(self, x, training):
        return self.forward(x, training, 0, len(self.layers) - 1)

    def through(self, name, layer, x, training):
        kind = layer["type"]
        if kind == "dense":
            return x @ self.kernel(name) + self.bias(name)
        if kind == "conv2d":
            return conv(x, self.kernel(name), layer.get("strides", 1)) + self.bias(name)
        if kind == "conv2dTranspose":
            return conv_transpose(x, self.kernel(name), layer.get("strides", 1)) + self.bias(name)
        if kind == "residualBlock":
            return self.through_block(name, layer, x, training)
        if kind == "batchNorm":
            return self.batch_norm(name, x, training)
        if kind == "instanceNorm":
            mean = x.mean((1, 2), keepdim=True)
            variance = x.var((1, 2), unbiased=False, keepdim=True)
            return (x - mean) / (variance + EPSILON).sqrt() * self.weights[f"{name}.gamma"] + self.weights[f"{name}.beta"]
        if kind == "minibatchStdDev":
            return minibatch_std_dev(x, layer.get("groupSize"))
        if kind == "averagePooling2d":
            return pool(x, layer["poolSize"])
        if kind == "globalSumPooling2d":
            return x.sum((1, 2))
        if kind == "flatten":
            return x.flatten(1)
        if kind == "reshape":
            return x.reshape(-1, *layer["targetShape"])
        return {
            "reLU": torch.relu,
            "tanh": torch.tanh,
            "sigmoid": torch.sigmoid,
            "leakyReLU": lambda value: F.leaky_relu(value, layer.get("alpha", 0.2)),
        }[kind](x)

    def batch_norm(self, name, x, training):
        rows = x.reshape(-1, x.shape[-1])
        running_mean, running_variance = self.weights[f"{name}.movingMean"], self.weights[f"{name}.movingVariance"]
        mean, variance = running_mean, running_variance
        if training:
            mean, variance = rows.mean(0), rows.var(0, unbiased=False)
            with torch.no_grad():
                running_mean.mul_(0.9).add_(0.1 * mean)
                running_variance.mul_(0.9).add_(0.1 * rows.var(0, unbiased=True))
        return (x - mean) / (variance + EPSILON).sqrt() * self.weights[f"{name}.gamma"] + self.weights[f"{name}.beta"]

    def through_block(self, name, layer, x, training):
        conv_layer = {"type": "conv2d", "strides": 1}

        def norm(part, value):
            return self.batch_norm(f"{name}.{part}", value, training) if layer["normalization"] == "batchNorm" else value

        def resampled(value, when, how):
            return how(value) if layer["resample"] == when else value

        inner = resampled(torch.relu(norm("norm1", x)), "up", enlarge)
        inner = self.through(f"{name}.conv1", conv_layer, inner, training)
        inner = self.through(f"{name}.conv2", conv_layer, torch.relu(norm("norm2", inner)), training)
        past = resampled(x, "up", enlarge)
        if f"{name}.shortcut.kernel" in self.weights:
            past = self.through(f"{name}.shortcut", conv_layer, past, training)
        return resampled(inner + past, "down", lambda value: pool(value, 2))


def conv(x, kernel, strides):
    size, side = kernel.shape[0], x.shape[1]
    total = max((-(-side // strides) - 1) * strides + size - side, 0)
    before, after = total // 2, total - total // 2
    padded = F.pad(x.permute(0, 3, 1, 2), (before, after, before, after))
    return F.conv2d(padded, kernel.permute(3, 2, 0, 1).contiguous(), stride=strides).permute(0, 2, 3, 1)


def conv_transpose(x, kernel, strides):
    size, out = kernel.shape[0], x.shape[1] * strides
    before = max(size - strides, 0) // 2
    whole = F.conv_transpose2d(x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1).contiguous(), stride=strides)
    whole = F.pad(whole, (0, max(strides - size, 0)) * 2)
    return whole[:, :, before:before + out, before:before + out].permute(0, 2, 3, 1)


def enlarge(x):
    return x.repeat_interleave(2, 1).repeat_interleave(2, 2)


def pool(x, size):
    return F.avg_pool2d(x.permute(0, 3, 1, 2), size).permute(0, 2, 3, 1)


def minibatch_std_dev(x, group_size):
    size = group_size or x.shape[0]
    groups = x.reshape(-1, size, *x.shape[1:])
    deviation = (groups.var(1, unbiased=False) + 1e-8).sqrt().flatten(1).mean(1)  # [groups]
    feature = deviation.repeat_interleave(size).reshape(-1, *[1] * (x.dim() - 1)).expand(*x.shape[:-1], 1)
    return torch.cat([x, feature], -1)
