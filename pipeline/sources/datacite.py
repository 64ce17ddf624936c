"""DataCite, where arXiv registers a DOI for every work: the last resort, as it does not know all that arXiv does.

Shape of the answers: JSON:API, https://support.datacite.org/docs/api-get-doi. They follow the newest version.
"""

import re
from collections.abc import Mapping
from typing import Any

from ..dates import is_date
from ..model import Metadata
from ..text import one_line
from .progress import Progress
from .records import VERSION, abstract_of, says_withdrawn
from .service import RecordService, Service, json_of
from .trouble import RefusedError, UnusableError

_NOT_FOUND = 404
_CATEGORY = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)$")


class DataCite(RecordService):
    """The DOI registry."""

    def __init__(self, progress: Progress, day: str) -> None:
        address = "https://api.datacite.org/dois"
        super().__init__(
            Service("DataCite", variable="DATACITE_API_URL", address=address, pace=1, progress=progress), day
        )

    def _get(self, arxiv_id: str) -> Metadata | None:
        try:
            answer = json_of(self._service.get(f"/10.48550/arXiv.{arxiv_id}"))
        except RefusedError as error:
            if error.status == _NOT_FOUND:
                return None
            raise UnusableError(f"HTTP {error.status}") from error
        try:
            attributes = answer["data"]["attributes"]
            if attributes["doi"].casefold() != f"10.48550/arxiv.{arxiv_id}".casefold():
                raise UnusableError("a DataCite record of something else")
            return _record(attributes, arxiv_id, self._day)
        except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            raise UnusableError("a DataCite record that is not whole") from error


def _record(attributes: Mapping[str, Any], arxiv_id: str, day: str) -> Metadata:
    dates = [date for date in attributes.get("dates") or [] if is_date(str(date.get("date"))[:10])]
    # Of a version it was available some time after it was submitted or updated.
    dates.sort(key=lambda date: date.get("dateType") not in ("Available", "Issued"))
    versions = {int(found[1]): date for date in dates if (found := _version(date))}
    subjects = [str(subject.get("subject")) for subject in attributes.get("subjects") or []]
    categories = tuple(dict.fromkeys(found[1] for subject in subjects if (found := _CATEGORY.search(subject))))
    descriptions = [text for text in attributes.get("descriptions") or [] if text.get("descriptionType") == "Abstract"]
    title = one_line(attributes["titles"][0]["title"])
    authors = tuple(filter(None, map(_author, attributes["creators"])))
    if not title or not authors:
        raise ValueError(arxiv_id)
    return Metadata(
        arxiv=arxiv_id,
        version=max(versions, default=None),
        title=title,
        authors=authors,
        published=_moment(versions.get(1)),
        updated=_moment(versions[max(versions)]) if versions else None,
        primary_category=categories[0] if categories else None,
        categories=categories or None,
        abstract=abstract_of(descriptions[0].get("description")) if descriptions else None,
        withdrawn=any(says_withdrawn(text.get("description")) for text in descriptions),
        retrieved=day,
        source="datacite",
        # Subjects come in no promised order, and a notice of withdrawal may stand elsewhere.
        unverified=("primary_category", "withdrawn") if categories else ("withdrawn",),
    )


def _version(date: Mapping[str, Any]) -> re.Match[str] | None:
    return VERSION.fullmatch(str(date.get("dateInformation")))


def _moment(date: Mapping[str, Any] | None) -> str | None:
    return str(date["date"]) if date else None


def _author(creator: Mapping[str, Any]) -> str:
    given, family = one_line(creator.get("givenName")), one_line(creator.get("familyName"))
    if given and family:
        return f"{given} {family}"
    name = one_line(creator["name"])
    last, comma, first = name.partition(", ")
    return f"{first} {last}".strip() if comma and creator.get("nameType") != "Organizational" else name
