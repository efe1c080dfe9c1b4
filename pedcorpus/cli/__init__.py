"""The command line: parse arguments, call one flow, print. Exit codes are `errors.ExitCode`."""

from pedcorpus.cli.main import app, main

__all__ = ["app", "main"]
