"""Not there yet."""

from .replies import said


def ids(_):
    """None."""
    return ()


def answer(_shelf, _request):
    """Nothing."""
    return said(404, {"error": "not there yet"})
