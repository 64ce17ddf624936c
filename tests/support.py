"""Where things are."""

from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
GOLDEN = HERE / "golden"
REPOSITORY = HERE.parent
