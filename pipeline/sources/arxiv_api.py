"""arXiv's query API through the `arxiv` package: identifiers in, records out.

`ARXIV_API_URL` replaces the address of the service, `LINEAGE_PACE` the seconds between requests (3, as arXiv's terms of
use ask), `LINEAGE_CONTACT` is a mail address for the User-Agent.
"""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import arxiv
import requests
from lxml import etree
from requests.adapters import HTTPAdapter

from .. import __version__
from ..model import Metadata

BATCH = 50
"""Identifiers in a request. One malformed one spoils the whole request, so it is small."""
TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two pieces of an answer."""

_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)


class UnavailableError(Exception):
    """arXiv gave no answer that could be used; nothing is known of the identifiers asked for."""


def fetch_records(ids: Sequence[str], *, today: date | None = None) -> Iterator[tuple[list[str], dict[str, Metadata]]]:
    """Ask for records in batches.

    Args:
        ids: bare identifiers, all of them well formed.
        today: the day that the records name as `retrieved`.

    Yields:
        Each batch of identifiers with the records of those that the answer held.

    Raises:
        UnavailableError: after the retries of the `arxiv` package.
    """
    client = _client()
    day = (today or datetime.now(UTC).date()).isoformat()
    for start in range(0, len(ids), BATCH):
        batch = list(ids[start : start + BATCH])
        search = arxiv.Search(id_list=batch, max_results=len(batch))
        try:
            found = [_record(result, day) for result in client.results(search)]
        except (arxiv.ArxivError, requests.RequestException, ValueError) as error:
            raise UnavailableError(_reason(error)) from error
        records = {record.arxiv: record for record in found if record.authors}
        yield batch, {arxiv_id: records[arxiv_id] for arxiv_id in batch if arxiv_id in records}


def _refuse_what_is_no_feed(response: requests.Response, **_: Any) -> None:
    """Raise for an answer that only looks like one: the `arxiv` package reads a cut feed as far as it goes.

    Raises:
        ValueError: status 200 without a whole Atom feed.
    """
    if response.ok:
        try:
            root = etree.fromstring(response.content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise ValueError("an answer that is no feed, or not a whole one") from error
        if root.tag != "{http://www.w3.org/2005/Atom}feed":
            raise ValueError("an answer that is no feed")


class _Adapter(HTTPAdapter):
    """Adds what the `arxiv` package lacks: a timeout and a User-Agent that names us."""

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        contact = os.environ.get("LINEAGE_CONTACT")
        request.headers["User-Agent"] = f"llm-lineage/{__version__}" + (f" (mailto:{contact})" if contact else "")
        return super().send(request, *args, **(options | {"timeout": TIMEOUT}))


def _client() -> arxiv.Client:
    client = arxiv.Client(page_size=BATCH, delay_seconds=float(os.environ.get("LINEAGE_PACE") or 3), num_retries=2)
    if base := os.environ.get("ARXIV_API_URL"):
        client.query_url_format = base.rstrip("?") + "?{}"
    session = client._session  # noqa: SLF001  no public seam
    session.hooks["response"].append(_refuse_what_is_no_feed)
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Adapter(pool_connections=1, pool_maxsize=1))
    return client


def _record(result: arxiv.Result, day: str) -> Metadata:
    """The one place where arXiv's answer becomes a record."""
    arxiv_id, _, version = result.get_short_id().rpartition("v")
    comment = " ".join(result.comment.split()) if result.comment else None
    return Metadata(
        arxiv=arxiv_id,
        version=int(version),
        title=" ".join(result.title.split()),
        authors=tuple(name for author in result.authors if (name := " ".join(author.name.split()))),
        published=_time(result.published),
        updated=_time(result.updated),
        primary_category=result.primary_category or None,
        categories=tuple(result.categories),
        comment=comment,
        journal_ref=" ".join(result.journal_ref.split()) if result.journal_ref else None,
        doi=result.doi or None,
        withdrawn=bool(comment and _WITHDRAWN.search(comment)),
        retrieved=day,
        source="arxiv-api",
    )


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _reason(error: Exception) -> str:
    status = getattr(error, "status", None)
    if status:
        return f"HTTP {status}"
    return str(error) if type(error) is ValueError else type(error).__name__
