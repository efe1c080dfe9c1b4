"""Builds, reviews and releases paediatric instruction corpora, and trains assistants from them."""
