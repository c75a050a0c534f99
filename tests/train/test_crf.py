"""The loss and its gradients against torch's own. Runs only where torch is installed."""

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
    from onrecord.train.crf import SIZE, Crf  # noqa: PLC0415 - imports torch

    torch.manual_seed(0)
    crf = Crf()
    crf.steps.data.normal_()
    crf.starts.data.normal_()
    mask = torch.ones(4, 12, dtype=torch.bool)
    mask[1, 5:] = False
    labels = torch.randint(0, SIZE, (4, 12))
    seen = []
    for loss_of in (crf, lambda *given: slow_loss(crf, *given)):
        emissions = torch.linspace(-2, 2, 4 * 12 * SIZE).sin().view(4, 12, SIZE).requires_grad_()
        crf.zero_grad()
        loss = loss_of(emissions, labels, mask)
        loss.backward()
        seen.append((loss.detach(), emissions.grad, crf.steps.grad.clone(), crf.starts.grad.clone()))
    for fast, slow in zip(*seen, strict=True):
        assert torch.allclose(fast, slow, atol=1e-5)
