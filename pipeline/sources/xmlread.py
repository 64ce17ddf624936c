"""XML of services, read strictly: whole, without entities of its own, without markup inside texts."""

from collections.abc import Collection

from lxml import etree

from .trouble import UnusableError


def read_xml(content: bytes, root: str) -> "etree._Element":
    """The tree of a document.

    Args:
        content: the bytes.
        root: the name that its root must have, with namespace.

    Raises:
        UnusableError: it is no such document, or not a whole one.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnusableError("an answer that is no XML, or not whole") from error
    if tree.tag != root or tree.getroottree().docinfo.doctype:
        raise UnusableError("an answer in another format")
    return tree


def refuse_markup(tree: "etree._Element", *, structure: Collection[str]) -> None:
    """See that only elements of the structure hold others: what reads a text would stop at a mark inside it.

    Raises:
        UnusableError: there is markup inside a text.
    """
    for element in tree.iter():
        if len(element) and element.tag not in structure:
            raise UnusableError(f"markup inside {etree.QName(element).localname}")
