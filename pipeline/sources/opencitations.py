"""OpenCitations: what publishers have deposited with Crossref, a second opinion on who cites whom.

Shape of the answers: https://api.opencitations.net/index/v2. Identifiers stand in one text with blanks between them; an
unknown work gives an empty list.
"""

from functools import partial
from typing import Any
from urllib.parse import quote

from ..identifiers import parse_arxiv, publisher_doi
from .cited import Cited
from .progress import Progress
from .service import Service, json_of
from .trouble import RefusedError, UnusableError


class OpenCitations:
    """The index of citations by DOI."""

    def __init__(self, progress: Progress) -> None:
        self._service = Service(
            "OpenCitations",
            variable="OPENCITATIONS_API_URL",
            address="https://api.opencitations.net/index/v2",
            pace=0.5,
            progress=progress,
        )

    def references(self, doi: str) -> list[Cited]:
        """What the work with a DOI cites; empty where nothing is known.

        Raises:
            UnavailableError: no answer could be had.
        """
        return self._service.ask(partial(self._get, doi))

    def _get(self, doi: str) -> list[Cited]:
        try:
            rows = json_of(self._service.get(f"/references/doi:{quote(doi, safe='/')}"))
            if not isinstance(rows, list):
                raise UnusableError("an answer that is no list of references")
            if any(f"doi:{doi}".casefold() not in row["citing"].casefold().split() for row in rows):
                raise UnusableError("a list of references of something else")
            # A work that was filed twice is one reference.
            return [_cited(text) for text in dict.fromkeys(row["cited"] for row in rows)]
        except RefusedError as error:
            raise UnusableError(str(error)) from error
        except (KeyError, TypeError, AttributeError) as error:
            raise UnusableError("an answer of another shape than is documented") from error


def _cited(text: Any) -> Cited:
    dois = [name for name in text.split() if name.startswith("doi:")]
    arxiv = [f"arXiv:{found[0]}" for doi in dois if (found := parse_arxiv(doi))]
    names = [*arxiv, *(f"doi:{doi}" for doi in map(publisher_doi, dois) if doi)]
    return Cited(identifiers=tuple(names), title="", resolved=bool(names))
