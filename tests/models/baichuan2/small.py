"""A Baichuan2 of a few thousand parameters in each layout, its weights random but always the same."""

LAYOUTS = {"7b": {"max_position_embeddings": 64}, "13b": {}}
SMALL = {
    "vocab_size": 61,
    "hidden_size": 40,
    "intermediate_size": 56,
    "num_hidden_layers": 2,
    "num_attention_heads": 5,  # no power of two, as the 13B's forty
    "model_max_length": 64,
    "initializer_range": 0.3,  # so that positions matter to the outcome
}


def random_model(layout, **changes):
    import torch

    from pedcorpus.models.baichuan2 import Baichuan2Config, Baichuan2ForCausalLM

    torch.manual_seed(0)
    model = Baichuan2ForCausalLM(Baichuan2Config(**SMALL | LAYOUTS[layout] | changes)).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "norm" in name:
                weight.uniform_(0.5, 1.5)
    return model
