"""Bibliographies of any size: the real works and copies of them, in memory."""

from dataclasses import replace


def enlarged(bibliography, size):
    """The works and copies of them, `size` in all; the last, partial round links to the works themselves if it must."""
    works = list(bibliography)
    while batch := list(bibliography)[: size - len(works)]:
        mark = f"-x{len(works)}"
        renamed = {work.key: work.key + mark for work in batch}
        works += [_copy(work, renamed, mark) for work in batch]
    return replace(bibliography, works=tuple(sorted(works, key=lambda work: (work.date, work.key))))


def _copy(work, renamed, mark):
    def moved(links):
        return tuple(replace(link, paper=renamed.get(link.paper, link.paper)) for link in links)

    host = work.note.introduced_in
    note = replace(
        work.note,
        key=renamed[work.key],
        citekey=work.note.citekey and work.note.citekey + mark,
        former_keys=(),
        former_citekeys=(),
        introduced_in=host and renamed.get(host, host),
        builds_on=moved(work.note.builds_on),
        relates_to=moved(work.note.relates_to),
    )
    citations = tuple(
        replace(list_, key=note.key, cites=tuple(renamed.get(key, key) for key in list_.cites))
        for list_ in work.citations
    )
    return replace(work, note=note, citations=citations, citekey=work.citekey + mark)
