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

from network import Network
from updates import Draws, discriminator_update, generator_update, optimizer_of, rounded, stored

STEPS = 3


def drawn_network(layers, shape, draws):
    network = Network(layers, shape, 0, False)
    for name, weight in network.weights.items():
        if name in network.trainable:
            weight.data = rounded(drawn_weight(name.split(".")[-1], weight.shape, draws))
    return network


def drawn_weight(kind, shape, draws):
    value = draws.normal(*shape)
    if kind == "kernel":
        return value / math.sqrt(math.prod(shape[:-1]))
    return 1 + 0.1 * value if kind == "gamma" else 0.1 * value


def weights_of(network):
    return {name: stored(weight) for name, weight in network.weights.items()}


def record(name, seed, shape, config):
    draws = Draws(seed)
    config = {**DEFAULTS, **config, "dataShape": shape}
    G = drawn_network(config["generator"], [config["latentDim"]], draws)
    D = drawn_network(config["discriminator"], shape, draws)
    initial = {"generator": weights_of(G), "discriminator": weights_of(D)}
    optimizers = {
        "generator": optimizer_of(config["optimizer"]["generator"], G.parameters()),
        "discriminator": optimizer_of(config["optimizer"]["discriminator"], D.parameters()),
    }
    steps = []
    for _ in range(STEPS):
        told = [
            discriminator_update(config, G, D, optimizers["discriminator"], draws)
            for _ in range(config["discriminatorSteps"])
        ]
        steps.append({"discriminator": told, "generator": generator_update(config, G, D, optimizers["generator"], draws)})
    z = rounded(draws.normal(3, config["latentDim"]))
    evaluation = {"z": stored(z), "samples": stored(G.forward(z, False))}
    final = {"generator": weights_of(G), "discriminator": weights_of(D), "evaluation": evaluation}
    kept = {key: value for key, value in config.items() if key not in ABSENT or value != DEFAULTS[key]}
    return {"name": name, **kept, "initial": initial, "steps": steps, "final": final}


DEFAULTS = {
    "batchSize": 4,
    "loss": "nonSaturating",
    "labelSmoothing": 1.0,
    "fakeLabelSmoothing": 0.0,
    "labelFlipping": 0,
    "instanceNoise": None,
    "augmentation": None,
    "discriminatorSteps": 1,
    "gradientPenalty": None,
    "weightClip": None,
    "gradientClip": {"generator": None, "discriminator": None},
    "latentDim": 6,
}

# Files leave out what these settings are by default.
ABSENT = ("fakeLabelSmoothing", "labelFlipping", "instanceNoise", "augmentation")


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

SMALL_MLP = {
    "latentDim": 3,
    "generator": [dense(6), LEAKY, dense(5), TANH],
    "discriminator": [dense(6), TANH, dense(1)],
    "optimizer": {"generator": ADAM, "discriminator": ADAM},
}
LION = {"type": "lion", "learningRate": 0.01, "beta1": 0.9, "beta2": 0.99, "weightDecay": 0.0}
DCGAN_SMALLEST = {
    "latentDim": 2,
    "generator": [
        dense(16),
        LEAKY,
        {"type": "reshape", "targetShape": [4, 4, 1]},
        {"type": "conv2dTranspose", "filters": 1, **CONV},
        TANH,
    ],
    "discriminator": [{"type": "conv2d", "filters": 2, **CONV}, LEAKY, {"type": "flatten"}, dense(1, useBias=False)],
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
    "mlp-adamw-nesterov": (
        6,
        [5],
        {
            **SMALL_MLP,
            "optimizer": {
                "generator": {"type": "adamw", "learningRate": 0.02, "beta1": 0.5, "beta2": 0.99, "weightDecay": 0.3},
                "discriminator": {"type": "nesterov", "learningRate": 0.1, "momentum": 0.8},
            },
        },
    ),
    "mlp-lion-relativistic-average": (
        7,
        [5],
        {
            **SMALL_MLP,
            # The loss does not change with the last bias, and the sign of its gradient would be that of a rounding error.
            "discriminator": [dense(6, useBias=False), BATCH_NORM, LEAKY, dense(1, useBias=False)],
            "loss": "relativisticAverage",
            "labelSmoothing": 0.9,
            "fakeLabelSmoothing": 0.1,
            "instanceNoise": 0.2,
            "optimizer": {"generator": {**LION, "weightDecay": 0.2}, "discriminator": LION},
        },
    ),
    "mlp-flipped-labels-noise-r1": (
        8,
        [5],
        {
            **SMALL_MLP,
            "loss": "leastSquares",
            "labelSmoothing": 0.9,
            "labelFlipping": 0.4,
            "instanceNoise": 0.3,
            "gradientPenalty": {"type": "r1", "weight": 1.0},
        },
    ),
    "mlp-hinge-flipped-labels": (9, [5], {**SMALL_MLP, "loss": "hinge", "labelFlipping": 0.4}),
    "dcgan-augmented-relativistic-average": (
        10,
        IMAGES,
        {
            **DCGAN_SMALLEST,
            "loss": "relativisticAverage",
            "augmentation": {"translation": True, "cutout": True, "brightness": True},
        },
    ),
}

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name, (seed, shape, config) in FILES.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(record(name, seed, shape, config)) + "\n")
        print(path)
