"""What serving costs: decoding beside transformers' `generate`, 32 clients beside one at a time, and how long running
replies wait for a long prompt. Run as:

python -m benchmarks.serve
"""

from __future__ import annotations

import sys
from itertools import chain

import torch

from benchmarks.figures import report
from benchmarks.serve_clients import clients
from benchmarks.serve_decoding import decoding
from benchmarks.serve_waiting import waiting

if __name__ == "__main__":
    torch.set_num_threads(1)
    sys.exit(report(chain(clients(), decoding(), waiting())))
