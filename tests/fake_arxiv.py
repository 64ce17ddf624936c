"""A small stand-in for arXiv's query API on loopback, with its rules for identifiers and some of its faults."""

import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/fake</id>
  <title>arXiv Query: search_query=&amp;id_list={asked}</title>
  <updated>2026-11-20T00:00:00Z</updated>
  <opensearch:itemsPerPage>{most}</opensearch:itemsPerPage>
  <opensearch:totalResults>{count}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
{entries}</feed>
"""
ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}v{version}</id>
    <title>{title}</title>
    <updated>2020-02-02T02:02:02Z</updated>
    <link href="https://arxiv.org/abs/{id}v{version}" rel="alternate" type="text/html"/>
    <summary>Text.</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>2020-01-01T01:01:01Z</published>
    <arxiv:comment>{comment}</arxiv:comment>
    <arxiv:primary_category term="cs.CL"/>
{authors}  </entry>
"""
ERROR = """  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_{id}</id>
    <title>Error</title>
    <updated>2026-11-20T00:00:00Z</updated>
    <summary>incorrect id format for {id}</summary>
    <author><name>arXiv api core</name></author>
  </entry>
"""


class FakeArxiv:
    """What the service holds and how it misbehaves.

    Attributes:
        works: identifier -> title, authors, version, comment.
        faults: answers that take the place of the next ones: a status, or a text sent with status 200.
        asked: the identifiers of each request, in order.
    """

    def __init__(self):
        self.works = {}
        self.faults = []
        self.asked = []
        self.agents = []
        self.url = ""

    def add(self, arxiv_id, title, authors=("Ann Author",), version=1, comment="9 pages"):
        """Put a work on the shelf."""
        self.works[arxiv_id] = {"title": title, "authors": authors, "version": version, "comment": comment}

    def answer(self, query):
        """Status and body by arXiv's rules: a malformed identifier spoils all, an unknown one is absent."""
        fields = parse_qs(query)
        ids = fields["id_list"][0].split(",")
        most = int(fields.get("max_results", ["10"])[0])
        self.asked.append(ids)
        if self.faults:
            fault = self.faults.pop(0)
            return (fault, "") if isinstance(fault, int) else (200, fault)
        for arxiv_id in ids:
            if not re.search(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}", arxiv_id):
                return 400, FEED.format(asked="", most=1, count=1, entries=ERROR.format(id=arxiv_id))
        found = [arxiv_id for arxiv_id in reversed(ids) if arxiv_id in self.works][:most]
        entries = "".join(self.entry(arxiv_id) for arxiv_id in found)
        return 200, FEED.format(asked=",".join(ids), most=most, count=len(found), entries=entries)

    def entry(self, arxiv_id):
        """One entry of the feed, titles wrapped as the service used to."""
        work = self.works[arxiv_id]
        authors = "".join(f"    <author><name>{escape(name)}</name></author>\n" for name in work["authors"])
        return ENTRY.format(
            id=arxiv_id,
            version=work["version"],
            title=escape(work["title"]).replace(" ", "\n  ", 1),
            comment=escape(work["comment"]),
            authors=authors,
        )


@contextmanager
def serve(fake):
    """Run the fake on a free port of loopback; its query address is `fake.url`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            fake.agents.append(self.headers["User-Agent"])
            status, body = fake.answer(urlsplit(self.path).query)
            self.send_response(status)
            self.send_header("Content-Type", "application/atom+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/api/query"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
