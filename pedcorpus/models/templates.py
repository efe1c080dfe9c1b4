"""Named prompt templates: how a conversation becomes the one text that a model reads, as Jinja chat templates.

Rendering is the tokenizer's (`apply_chat_template`). Each template renders a prompt alone so that it is a prefix of
the prompt with its answer: training masks the prompt by that.
"""

from __future__ import annotations

from pedcorpus.errors import UsageError

__all__ = ["OWN_TEMPLATE", "TURN_TOKENS", "chat_template", "template_names"]

OWN_TEMPLATE = "tokenizer"
"""Names the template that the model's tokenizer brings along."""

TURN_TOKENS = {"user_token_id": "<reserved_106>", "assistant_token_id": "<reserved_107>"}
"""What marks turns in `baichuan2`, by the key of generation_config.json that may name another token."""

# No token beyond the end-of-sequence token, so that any base model can learn it. Each marker ends in a line break,
# because common tokenizers do not merge one with the letters after it.
_DEFAULT = """\
{%- for message in messages -%}
{%- if message.role == 'user' -%}
{{- '问：\n' + message.content | trim + '\n' -}}
{%- elif message.role == 'assistant' -%}
{{- '答：\n' + message.content | trim + (eos_token or '') + '\n' -}}
{%- else -%}
{{- message.content | trim + '\n\n' -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '答：\n' -}}{%- endif -%}
"""

# Source: the ChatML format. <|im_end|> closes every turn; eos follows answers for models that stop only there.
_CHATML = """\
{%- for message in messages -%}
{{- '<|im_start|>' + message.role + '\n' + message.content | trim + '<|im_end|>' -}}
{%- if message.role == 'assistant' and eos_token and eos_token != '<|im_end|>' -%}{{- eos_token -}}{%- endif -%}
{{- '\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\n' -}}{%- endif -%}
"""

# Source: Baichuan2-Chat marks turns with the reserved tokens of ids 195 (user) and 196 (assistant), which its
# tokenizer spells so. Another tokenizer reads them as text, which works but costs tokens.
_BAICHUAN2 = """\
{%- for message in messages -%}
{%- if message.role == 'user' -%}
{{- '<reserved_106>' + message.content | trim -}}
{%- elif message.role == 'assistant' -%}
{{- '<reserved_107>' + message.content | trim + (eos_token or '') -}}
{%- else -%}
{{- message.content | trim -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<reserved_107>' -}}{%- endif -%}
"""

_TEMPLATES = {"baichuan2": _BAICHUAN2, "chatml": _CHATML, "default": _DEFAULT}


def template_names() -> tuple[str, ...]:
    """All names a template may be asked for by, the tokenizer's own included."""
    return (*_TEMPLATES, OWN_TEMPLATE)


def chat_template(name: str) -> str | None:
    """The Jinja text of a named template; none for the tokenizer's own.

    Raises:
        UsageError: no template has that name.
    """
    if name == OWN_TEMPLATE:
        return None
    if name not in _TEMPLATES:
        raise UsageError(f"no prompt template is called {name!r}; known: {', '.join(template_names())}")
    return _TEMPLATES[name]
