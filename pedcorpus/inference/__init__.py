"""Model and adapter to replies: loading, streaming and the command-line chat. Torch is imported on loading only."""

from __future__ import annotations

from pedcorpus.inference.assistant import Assistant
from pedcorpus.inference.chat import EMERGENCY_LINE, WARNING, Console, Extras, Replier, chat
from pedcorpus.inference.generation import Generation
from pedcorpus.inference.load import load_assistant
from pedcorpus.inference.prompt import Message

__all__ = [
    "EMERGENCY_LINE",
    "WARNING",
    "Assistant",
    "Console",
    "Extras",
    "Generation",
    "Message",
    "Replier",
    "chat",
    "load_assistant",
]
