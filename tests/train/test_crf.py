"""The loss and its gradients against torch's own. Runs only where torch is installed."""

from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch, which reading does not")


def slow_loss(crf, emissions, labels, mask):
    alpha = crf.starts + emissions[:, 0]
    live = mask.float()
    path = crf.starts[labels[:, 0]] + (emissions.gather(2, labels.unsqueeze(2)).squeeze(2) * live).sum(1)
    path = path + (crf.steps[labels[:, :-1], labels[:, 1:]] * live[:, 1:]).sum(1)
    for at in range(1, emissions.shape[1]):
        following = torch.logsumexp(alpha.unsqueeze(2) + crf.steps, 1) + emissions[:, at]
        alpha = torch.where(mask[:, at].unsqueeze(1), following, alpha)
    return (torch.logsumexp(alpha, 1) - path).sum() / live.sum()


def test_loss_and_gradients() -> None:
    from onrecord.train.crf import SIZE, Crf, Targets  # noqa: PLC0415 - imports torch

    torch.manual_seed(0)
    crf = Crf()
    crf.steps.data.normal_()
    crf.starts.data.normal_()
    mask = torch.ones(4, 12, dtype=torch.bool)
    mask[1, 5:] = False
    labels = torch.randint(0, SIZE, (4, 12))
    seen = []
    targets = Targets.certain(labels.numpy(), mask.numpy())
    for loss_of in (lambda given, *_: crf(given, targets, mask.numpy()), lambda *given: slow_loss(crf, *given)):
        emissions = torch.linspace(-2, 2, 4 * 12 * SIZE).sin().view(4, 12, SIZE).requires_grad_()
        crf.zero_grad()
        loss = loss_of(emissions, labels, mask)
        loss.backward()
        seen.append((loss.detach(), emissions.grad, crf.steps.grad.clone(), crf.starts.grad.clone()))
    for fast, slow in zip(*seen, strict=True):
        assert torch.allclose(fast, slow, atol=1e-5)


def test_a_mixture_of_labellings_costs_the_mixture_of_their_losses() -> None:
    from onrecord.train.crf import SIZE, Crf, Targets  # noqa: PLC0415 - imports torch

    torch.manual_seed(1)
    crf, live = Crf(), torch.ones(2, 9, dtype=torch.bool)
    crf.steps.data.normal_()
    emissions = torch.randn(2, 9, SIZE)
    labels = [torch.randint(0, SIZE, (2, 9)) for _ in range(2)]
    one, other = (Targets.certain(each.numpy(), live.numpy()) for each in labels)
    mixed = Targets(0.3 * one.labels + 0.7 * other.labels, 0.3 * one.pairs + 0.7 * other.pairs)
    expected = 0.3 * slow_loss(crf, emissions, labels[0], live) + 0.7 * slow_loss(crf, emissions, labels[1], live)
    assert torch.allclose(crf(emissions, mixed, live.numpy()), expected, atol=1e-5)


def test_the_likelihoods_of_labels_and_pairs_agree_with_a_count_over_all_labellings() -> None:
    from onrecord.train.crf import SIZE, passes  # noqa: PLC0415 - imports torch

    chance = np.random.default_rng(4)
    scores, step, start = chance.normal(size=(1, 3, SIZE)), chance.normal(size=(SIZE, SIZE)), chance.normal(size=SIZE)
    found = passes(scores, step, start, np.ones((1, 3), dtype=bool))
    labels, pairs, total = np.zeros((3, SIZE)), np.zeros((2, SIZE, SIZE)), 0.0
    for path in product(range(SIZE), repeat=3):
        mass = np.exp(start[path[0]] + scores[0, range(3), path].sum() + step[path[:2]] + step[path[1:]])
        total += mass
        labels[range(3), path] += mass
        pairs[range(2), path[:2], path[1:]] += mass
    assert np.allclose(found.labels[0], labels / total)
    assert np.allclose(found.pairs[0], pairs / total)
    assert np.allclose(found.partition, np.log(total))
