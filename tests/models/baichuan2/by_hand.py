"""Baichuan2's published equations, restated plainly: one token, one head, one key at a time, in double precision.

It takes a model's tensors by their names and shares no code with the package. Sources: Baichuan 2 (arXiv 2309.10305),
RMSNorm (1910.07467), SwiGLU (2002.05202), rotary positions (2104.09864, pairs half a head apart as in Llama), ALiBi
(2108.12409).
"""

import math

import torch


def slopes(heads):
    """ALiBi's, for any number of heads, as its authors compute them."""

    def of_power(n):
        start = 2 ** (-(2 ** -(math.log2(n) - 3)))
        return [start * start**i for i in range(n)]

    if math.log2(heads).is_integer():
        return of_power(heads)
    below = 2 ** math.floor(math.log2(heads))
    return of_power(below) + slopes(2 * below)[0::2][: heads - below]


def normed(vector, weight, epsilon):
    return vector / math.sqrt(sum(float(x) ** 2 for x in vector) / len(vector) + epsilon) * weight


def turned(vector, position):
    half = len(vector) // 2
    out = torch.empty_like(vector)
    for i in range(half):
        angle = position / 10_000 ** (2 * i / len(vector))
        out[i] = vector[i] * math.cos(angle) - vector[i + half] * math.sin(angle)
        out[i + half] = vector[i + half] * math.cos(angle) + vector[i] * math.sin(angle)
    return out


def attended(packed, config):
    """Attention of one document: `packed` is a row of query, key and value for each token, (S, 3 D)."""
    length, heads = len(packed), config.num_attention_heads
    width = config.hidden_size // heads
    is_rotary = config.max_position_embeddings is not None
    out = torch.zeros(length, config.hidden_size, dtype=packed.dtype)
    for head, slope in enumerate(slopes(heads)):
        own = slice(head * width, (head + 1) * width)
        query, key, value = (part[:, own] for part in packed.split(config.hidden_size, dim=1))
        if is_rotary:
            query = [turned(each, at) for at, each in enumerate(query)]
            key = [turned(each, at) for at, each in enumerate(key)]
        for i in range(length):
            bias = [0.0 if is_rotary else -slope * (i - j) for j in range(i + 1)]
            scores = [math.exp(float(query[i] @ key[j]) / math.sqrt(width) + bias[j]) for j in range(i + 1)]
            for j in range(i + 1):
                out[i, own] += scores[j] / sum(scores) * value[j]
    return out


def logits(model, ids):
    """Logits (S, V) of one document alone."""
    w = {name: tensor.detach().double() for name, tensor in model.state_dict().items()}
    config = model.config
    hidden = torch.stack([w["model.embed_tokens.weight"][i] for i in ids])
    for n in range(config.num_hidden_layers):
        block = {name.removeprefix(f"model.layers.{n}."): each for name, each in w.items() if f".layers.{n}." in name}
        before = [normed(x, block["input_layernorm.weight"], config.rms_norm_eps) for x in hidden]
        packed = torch.stack([block["self_attn.W_pack.weight"] @ x for x in before])
        hidden = hidden + attended(packed, config) @ block["self_attn.o_proj.weight"].T
        for i, x in enumerate(hidden.clone()):
            x = normed(x, block["post_attention_layernorm.weight"], config.rms_norm_eps)
            gate = block["mlp.gate_proj.weight"] @ x
            wide = gate / (1 + torch.exp(-gate)) * (block["mlp.up_proj.weight"] @ x)
            hidden[i] += block["mlp.down_proj.weight"] @ wide
    last = [normed(x, w["model.norm.weight"], config.rms_norm_eps) for x in hidden]
    head = [row / math.sqrt(sum(float(x) ** 2 for x in row)) for row in w["lm_head.weight"]]
    return torch.stack([torch.stack([row @ x for row in head]) for x in last])
