"""Records parity files: small GANs trained for three steps by PyTorch in float64, for what src/gan/parity.ts compares.

Run it as `/usr/bin/python3 tools/parity/record.py src/gan/parity` (Debian: python3-torch). It writes the files named at the
end, always with the same numbers, and leaves the others in that folder alone. It is a plain loop of PyTorch's on purpose: it
must share nothing with the code that it checks.
"""

import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

MOMENTUM = 0.9
EPSILON = 1e-5


def rounded(tensor):
    """Inputs are float32 numbers, so that both sides begin from the same."""
    return tensor.float().double()


def stored(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().reshape(-1).tolist()}


class Network:
    """Layers by their Keras names, in TensorFlow's layouts: NHWC, dense [in, out], convolutions [height, width, in, out]."""

    def __init__(self, layers, shape, draw):
        self.layers = layers
        self.parameters = {}
        self.statistics = {}
        for index, layer in enumerate(layers):
            shape = self.build(f"{index}.", layer, shape, draw)

    def build(self, prefix, layer, shape, draw):
        kind = layer["type"]
        channels = shape[-1]
        if kind == "dense":
            return self.linear(prefix, [channels, layer["units"]], layer, draw, [layer["units"]])
        if kind in ("conv2d", "conv2dTranspose"):
            size, filters, strides = layer["kernelSize"], layer["filters"], layer.get("strides", 1)
            places = [side // strides if kind == "conv2d" else side * strides for side in shape[:2]]
            ends = [channels, filters] if kind == "conv2d" else [filters, channels]
            return self.linear(prefix, [size, size, *ends], layer, draw, [*places, filters])
        if kind == "batchNorm":
            self.parameter(prefix + "gamma", 1 + 0.1 * draw(channels))
            self.parameter(prefix + "beta", 0.1 * draw(channels))
            self.statistics[prefix + "movingMean"] = torch.zeros(channels)
            self.statistics[prefix + "movingVariance"] = torch.ones(channels)
        if kind == "flatten":
            return [math.prod(shape)]
        return layer["targetShape"] if kind == "reshape" else shape

    def linear(self, prefix, kernel, layer, draw, shape):
        self.parameter(prefix + "kernel", draw(*kernel) / math.sqrt(math.prod(kernel[:-1])))
        if layer.get("useBias", True):
            self.parameter(prefix + "bias", 0.1 * draw(shape[-1]))
        return shape

    def parameter(self, name, value):
        self.parameters[name] = rounded(value).requires_grad_()

    def weights(self):
        return {name: stored(value) for name, value in {**self.parameters, **self.statistics}.items()}

    def __call__(self, x, training=True):
        for index, layer in enumerate(self.layers):
            x = self.apply(f"{index}.", layer, x, training)
        return x

    def apply(self, prefix, layer, x, training):
        kind = layer["type"]
        kernel = self.parameters.get(prefix + "kernel")
        bias = self.parameters.get(prefix + "bias", torch.zeros(1))
        if kind == "dense":
            return x @ kernel + bias
        if kind in ("conv2d", "conv2dTranspose"):
            strides = layer.get("strides", 1)
            padding = (layer["kernelSize"] - strides) // 2
            convolve = F.conv2d if kind == "conv2d" else F.conv_transpose2d
            y = convolve(x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), stride=strides, padding=padding)
            return y.permute(0, 2, 3, 1) + bias
        if kind == "batchNorm":
            return self.normalize(prefix, x, training)
        if kind == "leakyReLU":
            return F.leaky_relu(x, layer["alpha"])
        if kind == "reshape":
            return x.reshape(x.shape[0], *layer["targetShape"])
        return {"reLU": torch.relu, "tanh": torch.tanh, "flatten": lambda y: y.flatten(1)}[kind](x)

    def normalize(self, prefix, x, training):
        mean, variance = self.statistics[prefix + "movingMean"], self.statistics[prefix + "movingVariance"]
        rows = x.reshape(-1, x.shape[-1])
        # PyTorch's momentum is what comes in, ours what stays. It moves the statistics in place.
        y = F.batch_norm(
            rows,
            mean,
            variance,
            self.parameters[prefix + "gamma"],
            self.parameters[prefix + "beta"],
            training=training,
            momentum=1 - MOMENTUM,
            eps=EPSILON,
        )
        return y.reshape(x.shape)


class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, algorithm 2."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = torch.sign(first * m + (1 - first) * p.grad)
                p -= group["lr"] * (update + group["weight_decay"] * p)
                m.mul_(second).add_(p.grad, alpha=1 - second)


def optimizer_of(config, network):
    parameters = list(network.parameters.values())
    kind, rate = config["type"], config["learningRate"]
    if kind in ("adam", "adamw"):
        make = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[kind]
        betas = (config["beta1"], config["beta2"])
        return make(parameters, lr=rate, betas=betas, eps=1e-8, weight_decay=config.get("weightDecay", 0))
    if kind == "lion":
        return Lion(parameters, rate, (config["beta1"], config["beta2"]), config["weightDecay"])
    if kind == "rmsprop":
        return torch.optim.RMSprop(parameters, lr=rate, alpha=config["decay"], eps=1e-8)
    return torch.optim.SGD(parameters, lr=rate, momentum=config["momentum"], nesterov=kind == "nesterov")


def cross_entropy(logits, target):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))


def discriminator_loss(config, real, fake):
    """The loss, and what scores are made of: the logits that the loss looks at."""
    s, t = config["labelSmoothing"], config.get("fakeLabelSmoothing", 0)
    if config["loss"] == "relativisticAverage":
        real, fake = real - fake.mean(), fake - real.mean()
        return cross_entropy(real, s) + cross_entropy(fake, t), real, fake
    if config["loss"] == "wasserstein":
        return fake.mean() - real.mean(), real, fake
    if config["loss"] == "leastSquares":
        return 0.5 * ((real - s) ** 2).mean() + 0.5 * ((fake - t) ** 2).mean(), real, fake
    return cross_entropy(real, s) + cross_entropy(fake, t), real, fake


def generator_loss(config, real, fake):
    if config["loss"] == "relativisticAverage":
        real, fake = real - fake.mean(), fake - real.mean()
        return cross_entropy(fake, 1.0) + cross_entropy(real, 0.0), fake
    if config["loss"] == "wasserstein":
        return -fake.mean(), fake
    if config["loss"] == "leastSquares":
        return 0.5 * ((fake - 1) ** 2).mean(), fake
    return cross_entropy(fake, 1.0), fake


def slopes_at(logits, x):
    (gradient,) = torch.autograd.grad(logits.sum(), x, create_graph=True)
    return gradient.flatten(1)


def measure(network, clip):
    """The norm of all gradients together, and the gradients clipped by PyTorch's own rule."""
    norm = torch.nn.utils.clip_grad_norm_(network.parameters.values(), math.inf if clip is None else clip)
    return norm.item()


def zero(network):
    for parameter in network.parameters.values():
        parameter.grad = None


def discriminator_update(config, G, D, optimizer, draw, shape):
    batch = config["batchSize"]
    x = rounded(torch.tanh(draw(batch, *shape)))
    z = rounded(draw(batch, config["latentDim"]))
    record = {"real": stored(x), "z": stored(z)}
    penalty_config = config["gradientPenalty"] or {"type": None}
    kind = penalty_config["type"]

    x = x.requires_grad_(kind == "r1")
    fake = G(z).detach().requires_grad_(kind == "r2")
    real_logits, fake_logits = D(x), D(fake)
    loss, real_scores, fake_scores = discriminator_loss(config, real_logits, fake_logits)
    penalty = torch.zeros(())
    if kind == "r1":
        penalty = 0.5 * (slopes_at(real_logits, x) ** 2).sum(1).mean()
    if kind == "r2":
        penalty = 0.5 * (slopes_at(fake_logits, fake) ** 2).sum(1).mean()
    if kind in ("wganGp", "dragan"):
        if kind == "wganGp":
            epsilon = rounded(torch.sigmoid(draw(batch)))
            record["epsilon"] = stored(epsilon)
            epsilon = epsilon.reshape(-1, *([1] * len(shape)))
            places = epsilon * x + (1 - epsilon) * fake
        else:
            noise = rounded(draw(batch, *shape))
            record["perturbation"] = stored(noise)
            places = x + 0.5 * x.std(unbiased=False) * noise
        places = places.detach().requires_grad_()
        penalty = ((slopes_at(D(places), places).norm(dim=1) - 1) ** 2).mean()
    if kind is not None:
        penalty = penalty_config["weight"] * penalty

    zero(D)
    (loss + penalty).backward()
    norm = measure(D, config["gradientClip"]["discriminator"])
    optimizer.step()
    if config["weightClip"] is not None:
        with torch.no_grad():
            for parameter in D.parameters.values():
                parameter.clamp_(-config["weightClip"], config["weightClip"])
    return {
        **record,
        "loss": loss.item(),
        "penalty": penalty.item(),
        "gradientNorm": norm,
        "meanRealScore": torch.sigmoid(real_scores).mean().item(),
        "meanFakeScore": torch.sigmoid(fake_scores).mean().item(),
    }


def generator_update(config, G, D, optimizer, draw, shape):
    batch = config["batchSize"]
    z = rounded(draw(batch, config["latentDim"]))
    record = {"z": stored(z)}
    real_logits = None
    if config["loss"] == "relativisticAverage":
        x = rounded(torch.tanh(draw(batch, *shape)))
        record["real"] = stored(x)
        real_logits = D(x)
    loss, scores = generator_loss(config, real_logits, D(G(z)))
    zero(G)
    zero(D)
    loss.backward()
    norm = measure(G, config["gradientClip"]["generator"])
    optimizer.step()
    return {
        **record,
        "loss": loss.item(),
        "gradientNorm": norm,
        "meanFakeScore": torch.sigmoid(scores).mean().item(),
    }


def record(name, seed, shape, config):
    generator = torch.Generator().manual_seed(seed)

    def draw(*size):
        return torch.randn(*size, generator=generator)

    config = {
        "batchSize": 4,
        "loss": "nonSaturating",
        "labelSmoothing": 1.0,
        "discriminatorSteps": 1,
        "gradientPenalty": None,
        "weightClip": None,
        "gradientClip": {"generator": None, "discriminator": None},
        "latentDim": 6,
        **config,
    }
    G = Network(config["generator"], [config["latentDim"]], draw)
    D = Network(config["discriminator"], shape, draw)
    initial = {"generator": G.weights(), "discriminator": D.weights()}
    optimizers = {player: optimizer_of(config["optimizer"][player], network) for player, network in (("generator", G), ("discriminator", D))}
    steps = []
    for _ in range(3):
        told = [
            discriminator_update(config, G, D, optimizers["discriminator"], draw, shape)
            for _ in range(config["discriminatorSteps"])
        ]
        steps.append({"discriminator": told, "generator": generator_update(config, G, D, optimizers["generator"], draw, shape)})
    z = rounded(draw(3, config["latentDim"]))
    evaluation = {"z": stored(z), "samples": stored(G(z, training=False))}
    final = {"generator": G.weights(), "discriminator": D.weights(), "evaluation": evaluation}
    return {"name": name, **config, "dataShape": shape, "initial": initial, "steps": steps, "final": final}


def dense(units, **more):
    return {"type": "dense", "units": units, **more}


LEAKY = {"type": "leakyReLU", "alpha": 0.2}
BATCH_NORM = {"type": "batchNorm"}
TANH = {"type": "tanh"}
ADAM = {"type": "adam", "learningRate": 0.01, "beta1": 0.5, "beta2": 0.999}

POINTS = [9]
MLP = {
    "generator": [dense(16), LEAKY, dense(9), TANH],
    "discriminator": [dense(16), LEAKY, dense(8), TANH, dense(1)],
    "optimizer": {"generator": ADAM, "discriminator": ADAM},
}
MLP_BATCH_NORM = {
    **MLP,
    "generator": [dense(16, useBias=False), BATCH_NORM, {"type": "reLU"}, dense(9), TANH],
    "discriminator": [dense(16), LEAKY, dense(8, useBias=False), BATCH_NORM, LEAKY, dense(1)],
}
IMAGES = [8, 8, 1]
CONV = {"kernelSize": 4, "strides": 2}
DCGAN_BATCH_NORM = {
    "generator": [
        dense(24, useBias=False),
        BATCH_NORM,
        {"type": "reLU"},
        {"type": "reshape", "targetShape": [2, 2, 6]},
        {"type": "conv2dTranspose", "filters": 4, **CONV},
        LEAKY,
        {"type": "conv2dTranspose", "filters": 1, **CONV},
        TANH,
    ],
    "discriminator": [
        {"type": "conv2d", "filters": 4, **CONV},
        LEAKY,
        {"type": "conv2d", "filters": 6, "useBias": False, **CONV},
        BATCH_NORM,
        LEAKY,
        {"type": "flatten"},
        dense(1),
    ],
    "optimizer": {"generator": ADAM, "discriminator": ADAM},
}

# Sizes that Winograd's transforms serve: outputs of four by four and more, channels in fours, kernels of four and three.
DCGAN_LARGER = {
    "generator": [
        dense(128),
        LEAKY,
        {"type": "reshape", "targetShape": [4, 4, 8]},
        {"type": "conv2dTranspose", "filters": 4, **CONV},
        LEAKY,
        {"type": "conv2dTranspose", "filters": 1, **CONV},
        TANH,
    ],
    "discriminator": [
        {"type": "conv2d", "filters": 4, **CONV},
        LEAKY,
        {"type": "conv2d", "filters": 8, **CONV},
        LEAKY,
        {"type": "conv2d", "filters": 4, "kernelSize": 3},
        LEAKY,
        {"type": "flatten"},
        dense(1),
    ],
    "optimizer": {"generator": ADAM, "discriminator": ADAM},
}

FILES = {
    "dcgan-bn-discriminator-r1": (
        1,
        IMAGES,
        {**DCGAN_BATCH_NORM, "gradientPenalty": {"type": "r1", "weight": 1.0}},
    ),
    "dcgan-16px-r1": (
        5,
        [16, 16, 1],
        {**DCGAN_LARGER, "gradientPenalty": {"type": "r1", "weight": 1.0}},
    ),
    "mlp-bn-discriminator-wgan-gp": (
        2,
        POINTS,
        {
            **MLP_BATCH_NORM,
            # Batch norm over few images is curved so much that float32 itself goes astray.
            "batchSize": 16,
            "loss": "wasserstein",
            "discriminatorSteps": 2,
            "gradientPenalty": {"type": "wganGp", "weight": 1.0},
            "optimizer": {"generator": ADAM, "discriminator": {"type": "sgd", "learningRate": 0.02, "momentum": 0.5}},
        },
    ),
    "mlp-dragan-clipped-gradients": (
        3,
        POINTS,
        {
            **MLP,
            "gradientPenalty": {"type": "dragan", "weight": 10.0},
            "gradientClip": {"generator": 0.05, "discriminator": 0.5},
        },
    ),
    "mlp-r2-sgd": (
        4,
        POINTS,
        {
            **MLP_BATCH_NORM,
            "loss": "leastSquares",
            "gradientPenalty": {"type": "r2", "weight": 2.0},
            "optimizer": {
                "generator": {"type": "sgd", "learningRate": 0.1, "momentum": 0.5},
                "discriminator": {"type": "sgd", "learningRate": 0.1, "momentum": 0.9},
            },
        },
    ),
}

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name, (seed, shape, config) in FILES.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(record(name, seed, shape, config)) + "\n")
        print(path)
