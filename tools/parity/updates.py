"""One update of either player in float64 PyTorch: losses, penalties, disguises and optimisers. It knows no networks or files."""
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


class Draws:
    """All that a file draws: numbers of float32, so that both sides begin from the same."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def normal(self, *size):
        return torch.randn(*size, generator=self.generator)

    def uniform(self, *size):
        return rounded(torch.rand(*size, generator=self.generator))


def rounded(tensor):
    return tensor.float().double()


def stored(tensor):
    """Nine digits are all of a float32, and more of a float64 than is compared."""
    return {"shape": list(tensor.shape), "data": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}


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


def optimizer_of(config, parameters):
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


def cost(loss, logits, targets):
    """The mean of what logits cost, each by a target of its own."""
    if loss == "wasserstein":
        return -(targets * logits).mean()
    if loss == "hinge":
        return torch.relu(1 - targets * logits).mean()
    if loss == "leastSquares":
        return 0.5 * ((logits - targets) ** 2).mean()
    return F.binary_cross_entropy_with_logits(logits, targets)


def relativised(config, real, fake):
    if config["loss"] != "relativisticAverage":
        return real, fake
    return real - fake.mean(), fake - real.mean()


def discriminator_loss(config, real, fake, is_flipped):
    """Where a label is flipped, [2 · batch, 1], real ones first, a logit has the target of the other side."""
    has_labels = config["loss"] not in ("wasserstein", "hinge")
    of_real, of_fake = (config["labelSmoothing"], config["fakeLabelSmoothing"]) if has_labels else (1.0, -1.0)
    flips_real, flips_fake = is_flipped.chunk(2)
    told_real = torch.where(flips_real, of_fake, of_real)
    told_fake = torch.where(flips_fake, of_real, of_fake)
    return cost(config["loss"], real, told_real) + cost(config["loss"], fake, told_fake)


def generator_loss(config, real, fake):
    if config["loss"] == "hinge":
        return -fake.mean()
    loss = cost(config["loss"], fake, torch.ones_like(fake))
    if config["loss"] == "relativisticAverage":
        loss = loss + cost(config["loss"], real, torch.zeros_like(real))
    return loss


def augmented(images, names, chances):
    """Zhao et al. 2020, one image [height, width, channels] after another."""
    return torch.stack([augmented_image(image, names, row.tolist()) for image, row in zip(images, chances)])


def augmented_image(image, names, chances):
    height, width = image.shape[:2]
    light, _, down, right, top, left = chances
    if names["brightness"]:
        image = image + (light - 0.5)
    if names["translation"]:
        rows, columns = move_of(down, height), move_of(right, width)
        image = F.pad(image, (0, 0, columns, -columns, rows, -rows))
    if names["cutout"]:
        hole = torch.outer(is_hidden(top, height), is_hidden(left, width)).double()
        image = image * (1 - hole[..., None])
    return image


def move_of(chance, side):
    farthest = int(side / 8 + 0.5)
    return int(chance * (2 * farthest + 1)) - farthest


def is_hidden(chance, side):
    return (torch.arange(side) + 0.5 - chance * side).abs() < side / 4


def disguised(config, data, draws, record, of_real):
    """Data as the discriminator is shown them; what they are changed by goes into the record."""
    if config["augmentation"] is not None:
        chances = draws.uniform(len(data), 6)
        record["realAugmentation" if of_real else "augmentation"] = stored(chances)
        data = augmented(data, config["augmentation"], chances)
    if config["instanceNoise"] is not None:
        noise = rounded(draws.normal(*data.shape))
        record["realNoise" if of_real else "noise"] = stored(noise)
        data = data + config["instanceNoise"] * noise
    return data


def slopes_at(logits, x):
    (gradient,) = torch.autograd.grad(logits.sum(), x, create_graph=True)
    return gradient.flatten(1)


def penalty_of(config, D, real, fake, logits, draws, record):
    """The weighted gradient penalty; R1 and R2 use the logits that are there."""
    if config["gradientPenalty"] is None:
        return torch.zeros(())
    kind, weight = config["gradientPenalty"]["type"], config["gradientPenalty"]["weight"]
    if kind in ("r1", "r2"):
        slopes = slopes_at(*{"r1": (logits[0], real), "r2": (logits[1], fake)}[kind])
        return weight * 0.5 * (slopes**2).sum(1).mean()
    if kind == "wganGp":
        epsilon = rounded(torch.sigmoid(draws.normal(len(real))))
        record["epsilon"] = stored(epsilon)
        epsilon = epsilon.reshape(-1, *([1] * (real.dim() - 1)))
        places = epsilon * real + (1 - epsilon) * fake
    else:
        noise = rounded(draws.normal(*real.shape))
        record["perturbation"] = stored(noise)
        places = real + 0.5 * real.std(unbiased=False) * noise
    places = places.detach().requires_grad_()
    return weight * ((slopes_at(D.forward(places, True), places).norm(dim=1) - 1) ** 2).mean()


def move(network, optimizer, objective, clip):
    """Makes an update; the norm of all gradients together, before they are clipped by PyTorch's own rule."""
    for parameter in network.parameters():
        parameter.grad = None
    objective.backward()
    norm = torch.nn.utils.clip_grad_norm_(network.parameters(), math.inf if clip is None else clip)
    optimizer.step()
    return norm.item()


def drawn_real(config, draws, record):
    real = rounded(torch.tanh(draws.normal(config["batchSize"], *config["dataShape"])))
    record["real"] = stored(real)
    return real


def drawn_latents(config, draws, record):
    z = rounded(draws.normal(config["batchSize"], config["latentDim"]))
    record["z"] = stored(z)
    return z


def mean_score(logits):
    return torch.sigmoid(logits).mean().item()


def discriminator_update(config, G, D, optimizer, draws):
    record = {}
    x = drawn_real(config, draws, record)
    z = drawn_latents(config, draws, record)
    real = disguised(config, x, draws, record, of_real=True).requires_grad_()
    fake = disguised(config, G.forward(z, True).detach(), draws, record, of_real=False).requires_grad_()
    logits = D.forward(real, True), D.forward(fake, True)
    is_flipped = torch.zeros(2 * config["batchSize"], 1, dtype=torch.bool)
    if config["labelFlipping"] > 0:
        chances = draws.uniform(2 * config["batchSize"], 1)
        record["chances"] = stored(chances)
        is_flipped = chances < config["labelFlipping"]
    counted = relativised(config, *logits)
    loss = discriminator_loss(config, *counted, is_flipped)
    penalty = penalty_of(config, D, real, fake, logits, draws, record)
    norm = move(D, optimizer, loss + penalty, config["gradientClip"]["discriminator"])
    if config["weightClip"] is not None:
        with torch.no_grad():
            for parameter in D.parameters():
                parameter.clamp_(-config["weightClip"], config["weightClip"])
    return {
        **record,
        "loss": loss.item(),
        "penalty": penalty.item(),
        "gradientNorm": norm,
        "meanRealScore": mean_score(counted[0]),
        "meanFakeScore": mean_score(counted[1]),
    }


def generator_update(config, G, D, optimizer, draws):
    record = {}
    z = drawn_latents(config, draws, record)
    fake = G.forward(z, True)
    real_logits = torch.zeros(1)
    if config["loss"] == "relativisticAverage":
        real = disguised(config, drawn_real(config, draws, record), draws, record, of_real=True)
        real_logits = D.forward(real, True)
    fake_logits = D.forward(disguised(config, fake, draws, record, of_real=False), True)
    counted = relativised(config, real_logits, fake_logits)
    loss = generator_loss(config, *counted)
    norm = move(G, optimizer, loss, config["gradientClip"]["generator"])
    return {**record, "loss": loss.item(), "gradientNorm": norm, "meanFakeScore": mean_score(counted[1])}
