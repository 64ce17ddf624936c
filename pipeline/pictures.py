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
        ImportError: CairoSVG is not there.
        OSError: the library cairo is not there, or a file cannot be read or written.
    """
    from cairosvg import svg2pdf, svg2png

    written = []
    for name in PICTURES:
        path = folder / name
        drawing = path.read_bytes()
        for ending, picture in (
            (".png", svg2png(bytestring=drawing, scale=SCALE)),
            (".pdf", svg2pdf(bytestring=drawing)),
        ):
            target = path.with_suffix(ending)
            target.write_bytes(picture)
            written.append(target)
    return written


def main(arguments: Sequence[str]) -> int:
    """Draw the pictures of the folder that is named, else of `output`; the exit code."""
    folder = Path(*arguments[:1] or ("output",))
    try:
        written = draw(folder)
    except ImportError:
        return _refuse("pictures need CairoSVG: run `make`, or pip install 'llm-lineage[pictures]'")
    except FileNotFoundError as error:
        return _refuse(f"{error.filename}: is not there; `make` writes it")
    except OSError as error:
        if error.filename is None:  # else cairocffi looked for the library in vain
            return _refuse("pictures need the library cairo: install libcairo2 (Debian) or cairo (Homebrew)")
        return _refuse(f"{error.filename}: {error.strerror}; pictures are written beside the SVGs")
    sys.stderr.write(f"wrote {', '.join(map(str, written))}\n")
    return 0


def _refuse(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
