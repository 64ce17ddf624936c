"""Where things are."""

import re
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
GOLDEN = HERE / "golden"
REPOSITORY = HERE.parent
CONSUMERS = REPOSITORY / ".consumers"
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def snippet(heading, language):
    """The first piece of code in a language below a heading of the README."""
    _, _, section = README.partition(f"### {heading}\n")
    return re.search(rf"```{language}\n(.*?)```", section.split("\n### ")[0], re.DOTALL)[1]
