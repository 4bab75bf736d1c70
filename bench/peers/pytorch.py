"""PyTorch on the processor as a subject: eager mode, as its own examples are written.

With the argument "describe" it prints what it is made of and leaves. Else it takes requests as lines of JSON on standard
input and answers each with a line, in the words of bench/workers/contract.ts. It must not know what is compared.
"""

import json
import re
import sys
import time

import torch
from torch import nn

DATA_SHAPE = (1, 28, 28)
# As many images of noise as the subjects in the browser have.
IMAGES = 10_000


def size_of(shape):
    return torch.Size(shape).numel()


def layer_of(config, shape):
    """The module of a layer, and the shape it makes of `shape`: channels first, without the batch."""
    kind = config["type"]
    if kind == "dense":
        return nn.Linear(shape[0], config["units"], bias=config["useBias"]), (config["units"],)
    if kind in ("conv2d", "conv2dTranspose"):
        return convolution_of(config, shape)
    if kind == "batchNorm":
        return (nn.BatchNorm1d if len(shape) == 1 else nn.BatchNorm2d)(shape[0]), shape
    if kind == "leakyReLU":
        return nn.LeakyReLU(config["alpha"]), shape
    if kind == "reLU":
        return nn.ReLU(), shape
    if kind == "tanh":
        return nn.Tanh(), shape
    if kind == "flatten":
        return nn.Flatten(), (size_of(shape),)
    if kind == "reshape":
        *image, channels = config["targetShape"]
        target = (channels, *image)
        return nn.Unflatten(1, target), target
    raise ValueError(f"The benchmark has no {kind} layer for PyTorch.")


def convolution_of(config, shape):
    channels, height, width = shape
    kernel, strides, filters = config["kernelSize"], config["strides"], config["filters"]
    if (kernel - strides) % 2:
        raise ValueError("PyTorch pads both sides alike, which is padding 'same' only if kernel - strides is even.")
    options = {"stride": strides, "padding": (kernel - strides) // 2, "bias": config["useBias"]}
    if config["type"] == "conv2d":
        module = nn.Conv2d(channels, filters, kernel, **options)
        return module, (filters, -(-height // strides), -(-width // strides))
    module = nn.ConvTranspose2d(channels, filters, kernel, **options)
    return module, (filters, height * strides, width * strides)


def network_of(layers, shape):
    modules = []
    for config in layers:
        module, shape = layer_of(config, shape)
        modules.append(module)
    return nn.Sequential(*modules), shape


def adam_of(network, config):
    if config["type"] != "adam":
        raise ValueError("The peers train with Adam.")
    return torch.optim.Adam(network.parameters(), config["learningRate"], (config["beta1"], config["beta2"]))


class Training:
    """A GAN, and one step of it."""

    def __init__(self, config):
        self.config = config
        self.generator, made = network_of(config["generator"], (config["latentDim"],))
        if size_of(made) != size_of(DATA_SHAPE):
            raise ValueError(f"The generator makes {made}.")
        self.discriminator, _ = network_of(config["discriminator"], DATA_SHAPE)
        self.generator_adam = adam_of(self.generator, config["optimizer"]["generator"])
        self.discriminator_adam = adam_of(self.discriminator, config["optimizer"]["discriminator"])
        self.bce = nn.BCEWithLogitsLoss()
        self.images = torch.randint(0, 256, (IMAGES, *DATA_SHAPE), dtype=torch.uint8)
        self.losses = ()

    def latents(self):
        return torch.randn(self.config["batchSize"], self.config["latentDim"])

    def batch(self):
        return self.images[torch.randint(0, IMAGES, (self.config["batchSize"],))].float() / 127.5 - 1

    def judge(self, images, target):
        logits = self.discriminator(images)
        return self.bce(logits, torch.full_like(logits, target))

    def step(self):
        with torch.no_grad():
            fake = self.generator(self.latents())
        self.discriminator_adam.zero_grad(set_to_none=True)
        discriminator_loss = self.judge(self.batch(), self.config["labelSmoothing"]) + self.judge(fake, 0.0)
        discriminator_loss.backward()
        self.discriminator_adam.step()

        # Nobody needs the gradients of D here; leaving them out is what the others do too.
        self.discriminator.requires_grad_(False)
        self.generator_adam.zero_grad(set_to_none=True)
        generator_loss = self.judge(self.generator(self.latents()), 1.0)
        generator_loss.backward()
        self.generator_adam.step()
        self.discriminator.requires_grad_(True)
        self.losses = (discriminator_loss.item(), generator_loss.item())


class Subject:
    """Answers requests."""

    def __init__(self):
        self.training = None

    def answer(self, request):
        kind = request["type"]
        if kind == "start":
            torch.set_num_threads(request["threads"])
            self.training = Training(request["config"])
            return {"type": "started", "device": f"PyTorch {torch.__version__}", "onProcessor": True}
        if kind == "burst":
            began = time.perf_counter()
            for _ in range(request["steps"]):
                self.training.step()
            return {
                "type": "burst",
                "steps": request["steps"],
                "milliseconds": since(began),
                "javascriptMilliseconds": None,
                "calls": None,
                "losses": self.training.losses,
            }
        left, right = torch.rand(2, request["size"], request["size"])
        torch.mm(left, right)
        return {"type": "product", "milliseconds": min(timed_product(left, right) for _ in range(PRODUCTS))}


# A matrix product is timed so often, and the least time counts.
PRODUCTS = 3


def timed_product(left, right):
    began = time.perf_counter()
    torch.mm(left, right)
    return since(began)


def since(began):
    return (time.perf_counter() - began) * 1000


def blas():
    """The library that multiplies PyTorch's matrices, as far as the system tells: they differ by a factor of ten."""
    try:
        with open("/proc/self/maps", encoding="utf8") as maps:
            found = re.findall(r"/\S*(?:blas|mkl|blis)\S*\.so\S*", maps.read())
    except OSError:
        return None
    return found[0] if found else None


def main():
    if sys.argv[1:] == ["describe"]:
        print(json.dumps({"version": torch.__version__, "blas": blas()}))
        return
    subject = Subject()
    for line in sys.stdin:
        try:
            answer = subject.answer(json.loads(line))
        except Exception as error:  # Whatever it is, the tool is to print it.
            answer = {"type": "failed", "message": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
