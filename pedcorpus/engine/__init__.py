"""Where functions over items run: in this process, in a pool of processes, or on Ray Data."""

from pedcorpus.engine.engine import Engine, batches
from pedcorpus.engine.processes import Processes
from pedcorpus.engine.ray_data import RayData

__all__ = ["Engine", "Processes", "RayData", "batches"]
