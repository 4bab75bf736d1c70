"""Records parity files of what record.py leaves out: class labels, spectral norms, residual blocks and their like.

Run it as `/usr/bin/python3 tools/parity/recordLayers.py src/gan/parity` (Debian: python3-torch). It computes the first steps of
small GANs in float64, from the papers and in the layouts that src/gan/parity.ts reads (TensorFlow's), and shares nothing with
the code that is checked against it.
"""
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

from network import Network

STEPS = 2


class Gan:
    def __init__(self, config):
        self.config = config
        self.conditioning = config.get("conditioning")
        self.classes = config["classes"] if self.conditioning else 0
        kind = self.kind = self.conditioning["type"] if self.conditioning else None
        shape = list(config["dataShape"])
        self.flat_labels = kind == "concatenation" and config["discriminator"][0]["type"] == "flatten"
        if kind == "concatenation":
            shape = [torch.Size(shape).numel() + self.classes] if self.flat_labels else [*shape[:-1], shape[-1] + self.classes]
        heads = self.classes if kind in ("projection", "auxiliaryClassifier") else 0
        self.generator = Network(config["generator"], [config["latentDim"] + self.classes], 0, False)
        self.discriminator = Network(config["discriminator"], shape, heads, kind == "auxiliaryClassifier")
        for network in (self.generator, self.discriminator):
            network.iterate_power(15)

    def make(self, z, labels, training):
        return self.generator.forward(z if labels is None else torch.cat([z, labels], 1), training)

    def judge(self, x, labels):
        """The logit, and the class logits or None."""
        D = self.discriminator
        if self.kind is None:
            return D.forward(x, True), None
        if self.kind == "concatenation":
            if self.flat_labels:
                return D.forward(torch.cat([x.flatten(1), labels], 1), True), None
            maps = labels[:, None, None, :].expand(-1, *x.shape[1:3], -1)
            return D.forward(torch.cat([x, maps], 3), True), None
        features = D.features(x, True)
        logit = D.forward(features, True, len(D.layers) - 1)
        head = D.through("head", D.head, features, True)
        if self.kind == "projection":
            return logit + (head * labels).sum(1, keepdim=True), None
        return logit, head


def real_term(loss, logits):
    if loss == "hinge":
        return torch.relu(1 - logits).mean()
    return F.binary_cross_entropy_with_logits(logits, torch.ones_like(logits))


def fake_term(loss, logits):
    if loss == "hinge":
        return torch.relu(1 + logits).mean()
    return F.binary_cross_entropy_with_logits(logits, torch.zeros_like(logits))


def generator_term(loss, logits):
    return -logits.mean() if loss == "hinge" else real_term(loss, logits)


def cross_entropy(logits, labels):
    return -(labels * F.log_softmax(logits, 1)).sum(1).mean()


def accuracy(logits, labels):
    return (logits.argmax(1) == labels.argmax(1)).double().mean().item()


class Adam:
    def __init__(self, settings, parameters):
        self.settings, self.parameters, self.count = settings, parameters, 0
        self.moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in parameters]

    @torch.no_grad()
    def move(self, gradients):
        rate, beta1, beta2 = (self.settings[key] for key in ("learningRate", "beta1", "beta2"))
        self.count += 1
        for parameter, (m, v), g in zip(self.parameters, self.moments, gradients):
            m.mul_(beta1).add_((1 - beta1) * g)
            v.mul_(beta2).add_((1 - beta2) * g * g)
            parameter.sub_(rate * (m / (1 - beta1**self.count)) / ((v / (1 - beta2**self.count)).sqrt() + 1e-8))


def gradients_of(objective, network):
    gradients = torch.autograd.grad(objective, network.parameters(), allow_unused=True)
    gradients = [torch.zeros_like(p) if g is None else g for p, g in zip(network.parameters(), gradients)]
    return gradients, torch.sqrt(sum((g * g).sum() for g in gradients)).item()


def stored(tensor):
    return {"shape": list(tensor.shape), "data": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}


def weights_of(network):
    return {name: stored(weight) for name, weight in network.weights.items()}


def one_hot(config, count):
    classes = config.get("classes", 0) if config.get("conditioning") else 0
    return F.one_hot(torch.randint(classes, (count,)), classes).double() if classes else None


def rounded(tensor):
    """What a file of nine digits holds of it."""
    return tensor.float().double() if tensor is not None else None


def discriminator_update(gan, optimizer):
    config, batch = gan.config, gan.config["batchSize"]
    real = rounded(torch.rand(batch, *config["dataShape"]) * 2 - 1)
    z = rounded(torch.randn(batch, config["latentDim"]))
    real_labels, fake_labels = one_hot(config, batch), one_hot(config, batch)
    gan.discriminator.iterate_power()
    fake = gan.make(z, fake_labels, True).detach()
    real.requires_grad_(True)
    real_logits, real_classes = gan.judge(real, real_labels)
    fake_logits, fake_classes = gan.judge(fake, fake_labels)
    loss = real_term(config["loss"], real_logits) + fake_term(config["loss"], fake_logits)
    penalty = torch.zeros(())
    if config["gradientPenalty"] is not None:
        slopes = torch.autograd.grad(real_logits.sum(), real, create_graph=True)[0]
        penalty = 0.5 * config["gradientPenalty"]["weight"] * slopes.flatten(1).square().sum(1).mean()
    objective = loss + penalty
    update = {"real": stored(real), "z": stored(z)}
    if real_classes is not None:
        both = cross_entropy(real_classes, real_labels) + cross_entropy(fake_classes, fake_labels)
        objective = objective + gan.conditioning["weight"] * both
        update["realAccuracy"] = accuracy(real_classes, real_labels)
        update["fakeAccuracy"] = accuracy(fake_classes, fake_labels)
    if real_labels is not None:
        update["labels"] = {"real": stored(real_labels), "fake": stored(fake_labels)}
    gradients, norm = gradients_of(objective, gan.discriminator)
    optimizer.move(gradients)
    return {
        **update,
        "loss": loss.item(),
        "penalty": penalty.item(),
        "gradientNorm": norm,
        "meanRealScore": torch.sigmoid(real_logits).mean().item(),
        "meanFakeScore": torch.sigmoid(fake_logits).mean().item(),
    }


def generator_update(gan, optimizer):
    config, batch = gan.config, gan.config["batchSize"]
    z, labels = rounded(torch.randn(batch, config["latentDim"])), one_hot(config, batch)
    gan.generator.iterate_power()
    logits, class_logits = gan.judge(gan.make(z, labels, True), labels)
    loss = generator_term(config["loss"], logits)
    objective, update = loss, {"z": stored(z)}
    if class_logits is not None:
        objective = loss + gan.conditioning["weight"] * cross_entropy(class_logits, labels)
        update["fakeAccuracy"] = accuracy(class_logits, labels)
    if labels is not None:
        update["labels"] = stored(labels)
    gradients, norm = gradients_of(objective, gan.generator)
    optimizer.move(gradients)
    return {
        **update,
        "loss": loss.item(),
        "gradientNorm": norm,
        "meanFakeScore": torch.sigmoid(logits).mean().item(),
    }


def parity_file(config):
    torch.manual_seed(11)
    gan = Gan(config)
    for network in (gan.generator, gan.discriminator):
        for weight in network.weights.values():
            weight.data = rounded(weight.data)
    initial = {"generator": weights_of(gan.generator), "discriminator": weights_of(gan.discriminator)}
    optimizers = {
        player: Adam(config["optimizer"][player], getattr(gan, player).parameters())
        for player in ("discriminator", "generator")
    }
    steps = []
    for _ in range(STEPS):
        discriminator = [
            discriminator_update(gan, optimizers["discriminator"]) for _ in range(config["discriminatorSteps"])
        ]
        steps.append({"discriminator": discriminator, "generator": generator_update(gan, optimizers["generator"])})
    z = rounded(torch.randn(3, config["latentDim"]))
    labels = one_hot(config, 3)
    evaluation = {
        "z": stored(z if labels is None else torch.cat([z, labels], 1)),
        "samples": stored(gan.make(z, labels, False)),
    }
    final = {"generator": weights_of(gan.generator), "discriminator": weights_of(gan.discriminator)}
    return {**config, "initial": initial, "steps": steps, "final": {**final, "evaluation": evaluation}}


def dense(units, **more):
    return {"type": "dense", "units": units, **more}


def convolution(filters, size=3, **more):
    return {"type": "conv2d", "filters": filters, "kernelSize": size, **more}


def block(filters, resample, normalization="none", **more):
    sides = {"filters": filters, "kernelSize": 3, "resample": resample, "normalization": normalization}
    return {"type": "residualBlock", **sides, **more}


ADAM = {"type": "adam", "learningRate": 0.01, "beta1": 0.5, "beta2": 0.999}
LEAKY, RELU, TANH, FLATTEN, SUM = (
    {"type": "leakyReLU", "alpha": 0.2},
    {"type": "reLU"},
    {"type": "tanh"},
    {"type": "flatten"},
    {"type": "globalSumPooling2d"},
)
BASE = {
    "batchSize": 4,
    "latentDim": 5,
    "dataShape": [4, 4, 1],
    "generator": [dense(8), RELU, {"type": "reshape", "targetShape": [2, 2, 2]}, block(1, "up"), TANH],
    "discriminator": [convolution(3, strides=2), LEAKY, FLATTEN, dense(6), LEAKY, dense(1)],
    "loss": "nonSaturating",
    "labelSmoothing": 1,
    "discriminatorSteps": 1,
    "gradientPenalty": None,
    "weightClip": None,
    "optimizer": {"generator": ADAM, "discriminator": ADAM},
}
CONDITIONAL = {**BASE, "classes": 3, "generator": [dense(16), TANH, {"type": "reshape", "targetShape": [4, 4, 1]}]}
CONFIGS = [
    {
        **BASE,
        "name": "residual-layers",
        "generator": [
            dense(8),
            {"type": "reshape", "targetShape": [2, 2, 2]},
            block(3, "up", "batchNorm"),
            LEAKY,
            {"type": "instanceNorm"},
            convolution(1),
            TANH,
        ],
        "discriminator": [
            block(3, "down"),
            TANH,
            {"type": "instanceNorm"},
            {"type": "minibatchStdDev", "groupSize": 2},
            block(4, "none"),
            {"type": "averagePooling2d", "poolSize": 2},
            SUM,
            dense(1),
        ],
    },
    {
        # All scores stay within the hinge's margins: real and fake images pull the last biases by the same amount, and nothing
        # may be left of it, of which Adam would make a whole step.
        **BASE,
        "name": "spectral-norm-hinge",
        "loss": "hinge",
        "discriminatorSteps": 2,
        "generator": [
            dense(8, spectralNorm=True),
            {"type": "reshape", "targetShape": [2, 2, 2]},
            {"type": "conv2dTranspose", "filters": 3, "kernelSize": 4, "strides": 2, "spectralNorm": True},
            LEAKY,
            convolution(1, useBias=False, spectralNorm=True),
            TANH,
        ],
        "discriminator": [
            convolution(3, 4, strides=2, spectralNorm=True),
            LEAKY,
            block(4, "down", spectralNorm=True),
            RELU,
            SUM,
            dense(1, spectralNorm=True),
        ],
    },
    {
        **BASE,
        "name": "spectral-norm-projection-r1",
        "classes": 3,
        "conditioning": {"type": "projection"},
        "gradientPenalty": {"type": "r1", "weight": 2},
        "discriminator": [convolution(3, strides=2, spectralNorm=True), LEAKY, FLATTEN, dense(1, spectralNorm=True)],
    },
    {**CONDITIONAL, "name": "conditional-concatenation", "conditioning": {"type": "concatenation"}},
    {
        **CONDITIONAL,
        "name": "conditional-concatenation-flat",
        "conditioning": {"type": "concatenation"},
        "discriminator": [FLATTEN, dense(6), LEAKY, dense(1)],
    },
    {**CONDITIONAL, "name": "conditional-projection", "loss": "hinge", "conditioning": {"type": "projection"}},
    {**CONDITIONAL, "name": "conditional-classifier", "conditioning": {"type": "auxiliaryClassifier", "weight": 0.5}},
    {
        **CONDITIONAL,
        "name": "conditional-classifier-r1",
        "conditioning": {"type": "auxiliaryClassifier", "weight": 0.5},
        "gradientPenalty": {"type": "r1", "weight": 2},
        "discriminator": [FLATTEN, dense(6), TANH, dense(1)],
    },
]


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for config in CONFIGS:
        (folder / f"{config['name']}.json").write_text(json.dumps(parity_file(config)))


if __name__ == "__main__":
    main()
