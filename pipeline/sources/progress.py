"""What a user sees of a fetch: a bar on a terminal, plain lines elsewhere, and a log of every request."""

import logging
import sys
import time
from math import ceil
from pathlib import Path
from typing import Never, Self, TextIO

from tqdm import tqdm

LOG = logging.getLogger("pipeline.sources")
"""Takes a line for every request and every pause; silent unless somebody listens."""
EVERY = 10.0
"""Seconds between two lines about progress where there is no terminal."""


class Progress:
    """Counts what is done and says what is being waited for.

    Args:
        quiet: show nothing.
        log: file that gets a line for every request, appended.
        stream: where it is shown.
    """

    def __init__(self, *, quiet: bool = False, log: Path | None = None, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._bar: tqdm[Never] | None = None
        self._title, self._count, self._total = "", 0, 0
        self._told = time.monotonic()
        self._handler: logging.Handler | None = None
        if log:
            self._handler = logging.FileHandler(log, encoding="utf-8")
            self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            LOG.addHandler(self._handler)
            LOG.setLevel(logging.INFO)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()
        if self._handler:
            LOG.removeHandler(self._handler)
            self._handler.close()

    def start(self, title: str, total: int, unit: str = "works") -> None:
        """Begin to count towards `total`."""
        self.finish()
        self._title, self._count, self._total = title, 0, total
        if not self._quiet and self._stream.isatty():
            self._bar = tqdm(
                total=total, desc=title, unit=f" {unit}", file=self._stream, dynamic_ncols=True, leave=False
            )
        else:
            self.tell(f"{title}: {total} {unit}")

    def advance(self, count: int = 1) -> None:
        """Count what is done."""
        self._count += count
        if self._bar is not None:
            self._bar.set_postfix_str("", refresh=False)
            self._bar.update(count)
        elif time.monotonic() - self._told > EVERY:
            self.tell(f"{self._title}: {self._count} of {self._total}")

    def finish(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def tell(self, text: str) -> None:
        """Show a line, above the bar if there is one."""
        LOG.info("%s", text)
        self._say(text)

    def wait(self, seconds: float, why: str) -> None:
        """Sleep, and say how long still and for what."""
        until = time.monotonic() + seconds
        if seconds > 0:
            LOG.info("waiting %.1f s, %s", seconds, why)
        if seconds >= EVERY and self._bar is None:
            self._say(f"{self._title}: {self._count} of {self._total}; waiting {seconds:.0f} s {why}")
        while (left := until - time.monotonic()) > 0:
            self.show(f"waiting {ceil(left)} s {why}")
            time.sleep(min(left, 1.0))

    def show(self, what: str) -> None:
        """Say behind the bar what is going on."""
        if self._bar is not None:
            self._bar.set_postfix_str(what)

    def _say(self, text: str) -> None:
        self._told = time.monotonic()
        if self._quiet:
            return
        if self._bar is not None:
            self._bar.write(text, file=self._stream)
        else:
            print(text, file=self._stream, flush=True)
