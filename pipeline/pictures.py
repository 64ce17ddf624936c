"""PNG and PDF of the tree, made of its SVGs for `make pictures`; they depend on the fonts of the machine."""

import sys
from collections.abc import Sequence
from pathlib import Path

PICTURES = ("lineage.svg", "lineage-dark.svg")
SCALE = 2.0
"""Pixels of the PNG for each px of the drawing."""


def draw(folder: Path) -> list[Path]:
    """Write a PNG and a PDF beside each picture of a folder, and say which.

    Raises:
        ImportError: CairoSVG or the library cairo is not there.
        OSError: a file cannot be read or written.
    """
    try:
        from cairosvg import svg2pdf, svg2png
    except OSError as error:
        # cairocffi looked for the library in vain.
        raise ImportError(name="cairo") from error

    written = []
    for name in PICTURES:
        path = folder / name
        drawing = path.read_bytes()
        for ending, picture in (
            (".png", svg2png(bytestring=drawing, scale=SCALE)),
            (".pdf", svg2pdf(bytestring=drawing)),
        ):
            target = path.with_suffix(ending)
            part = path.with_suffix(f"{ending}.part")
            part.write_bytes(picture)
            part.replace(target)
            written.append(target)
    return written


def main(arguments: Sequence[str]) -> int:
    """Draw the pictures of the folder that is named; the exit code."""
    if len(arguments) != 1:
        return _refuse("name the folder of the SVGs", code=2)
    try:
        written = draw(Path(arguments[0]))
    except ImportError as error:
        if error.name == "cairo":
            return _refuse("pictures need the library cairo: install libcairo2 (Debian) or cairo (Homebrew)")
        return _refuse("pictures need CairoSVG: run `make`, or pip install 'llm-lineage[pictures]'")
    except FileNotFoundError as error:
        return _refuse(f"{error.filename}: is not there; `make` writes it")
    except OSError as error:
        return _refuse(f"{error.filename or arguments[0]}: {error.strerror}; pictures are written beside the SVGs")
    sys.stderr.write(f"wrote {', '.join(map(str, written))}\n")
    return 0


def _refuse(message: str, code: int = 1) -> int:
    sys.stderr.write(f"{message}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
