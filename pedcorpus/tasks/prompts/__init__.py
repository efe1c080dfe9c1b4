"""What a language model is told for each of our tasks, and the shape of the draft it answers with."""
