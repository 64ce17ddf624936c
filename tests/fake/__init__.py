"""A stand-in for the scholarly services on loopback: their rules, and whatever can go wrong with them.

    shelf = Shelf()
    shelf.add("1706.00010", "Trunk", authors=["Ann Author"], cites=["hep-th/9901001"])
    with serve(shelf) as fake:
        fake.faults["arxiv"] = [faults.rst(), None, faults.status(429)]
        fake.for_ever["oai"] = faults.status(503)
        ...  # os.environ | fake.environment leads the pipeline here; fake.requests says what it asked

Services are "arxiv" (query API), "oai" (arXiv's OAI-PMH), "datacite", "s2" (Semantic Scholar) and "opencitations".
`python -m fake`, from `tests/`, runs it as a process of its own.
"""

from . import faults
from .inventing import invented
from .server import Fake, serve
from .shelf import Shelf, Work
from .writing import key_of, write_data

__all__ = ["Fake", "Shelf", "Work", "faults", "invented", "key_of", "serve", "write_data"]
