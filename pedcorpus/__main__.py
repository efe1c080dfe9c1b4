"""`python -m pedcorpus` is `pedcorpus`."""

from pedcorpus.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
