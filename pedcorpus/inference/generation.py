"""How replies are generated: few settings, the same reply every time unless asked otherwise."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Generation"]


class Generation(BaseModel):
    """Settings of one reply."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    max_new_tokens: int = Field(default=512, ge=1)
    """Longest reply, in tokens; a model with a shorter context stops at its end."""
    repetition_penalty: float = Field(default=1.05, ge=1)
    """Above 1, tokens that stand in the reply already become less likely, which keeps small models from loops. The
    question's own tokens are spared: a reply must be free to name the disease that it was asked about."""
    temperature: float = Field(default=0, ge=0)
    """0 takes the likeliest token each time, so that the same question has the same reply; above 0 draws one."""
    top_p: float = Field(default=0.9, gt=0, le=1)
    """When drawing: only among the likeliest tokens that make up this share."""
    seed: int = 0
    """When drawing: the same seed draws the same."""
