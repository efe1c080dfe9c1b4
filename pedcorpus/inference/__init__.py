"""Model and adapter to replies: loading, streaming and the command-line chat. Torch is imported on loading only."""

from __future__ import annotations

from pedcorpus.inference.assistant import Assistant
from pedcorpus.inference.chat import WARNING, Console, Replier, chat
from pedcorpus.inference.generation import Generation
from pedcorpus.inference.load import load_assistant
from pedcorpus.inference.prompt import Message

__all__ = ["WARNING", "Assistant", "Console", "Generation", "Message", "Replier", "chat", "load_assistant"]
