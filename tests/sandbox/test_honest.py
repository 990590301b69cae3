"""Honest code works behind the wall as it does outside."""

from collections.abc import Callable

import pytest

from autograder.sandbox import Outcome, Returned

CALL = Callable[..., Outcome]
HONEST = {
    "einsum": "torch.einsum('bd,hdk->bhk', torch.ones(2, 3), torch.ones(4, 3, 5)).sum().item()",
    "matmul": "(torch.ones(64, 64) @ torch.ones(64, 64))[0, 0].item()",
    "autograd": "torch.autograd.grad((x * x).sum(), [x])[0].sum().item()",
    "modules": "nn.TransformerEncoderLayer(8, 2, batch_first=True)(torch.ones(1, 2, 8)).shape[2]",
    "convolution": "nn.Conv2d(1, 2, 3)(torch.ones(1, 1, 8, 8)).shape[1]",
    "recurrent": "nn.LSTM(3, 4)(torch.ones(2, 1, 3))[0].shape[2]",
    "optimiser": "(x.sum().backward(), torch.optim.Adam([x]).step(), 1)[2]",
    "func": "torch.func.jacrev(torch.sin)(torch.zeros(3)).trace().item()",
    "vmap": "torch.func.vmap(torch.sin)(torch.zeros(3)).sum().item()",
    "sdpa": "F.scaled_dot_product_attention(*[torch.ones(1, 2, 3, 4)] * 3).sum().item()",
    "bf16": "float(torch.ones(3, dtype=torch.bfloat16) @ torch.ones(3, dtype=torch.bfloat16))",
    "threads": "(torch.set_num_threads(4), (torch.eye(99) @ torch.eye(99)).trace())[1].item()",
    "linear algebra": "torch.linalg.svdvals(torch.eye(4)).sum().item()",
    "fft": "torch.fft.fft(torch.ones(8)).real.sum().item()",
    "random": "float(torch.rand(1) >= 0) + float(np.random.default_rng(0).normal() < 9)",
    "checkpoint": "torch.utils.checkpoint.checkpoint(torch.sin, x, use_reentrant=False).shape[0]",
    "data": "next(iter(torch.utils.data.DataLoader(torch.arange(4)))).item()",
    "distributions": "torch.distributions.Normal(0.0, 1.0).log_prob(torch.tensor(0.0)).item()",
    "script": "torch.jit.script(nn.Linear(2, 2))(torch.ones(2)).shape[0]",
    "numpy": "float(np.linalg.norm(np.ones(9)))",
    "sympy": "int(__import__('sympy').simplify('sin(x)**2 + cos(x)**2'))",
    "printing": "(print('hello', x, flush=True), 1)[1]",
    "time": "__import__('time').perf_counter() > 0",
    "logging": "(__import__('logging').warning('careful'), 1)[1]",
    "dataclasses": "__import__('dataclasses').make_dataclass('P', ['a'])(3).a",
}


@pytest.mark.parametrize("expression", HONEST.values(), ids=[*HONEST])
def test_it_works_inside(call: CALL, expression: str) -> None:
    """With every layer that this machine offers."""
    found = call(
        "import torch.utils.checkpoint\n"
        f"def f():\n    x = torch.ones(4, requires_grad=True)\n    return {expression}"
    )
    assert isinstance(found, Returned), found
    assert isinstance(found.value, bool | int | float)
