"""`make bench`: whole commands, imports included, as ratios to the imports of the libraries in the same run.

Medians of seven. The data is the real one brought to a size: works beyond it are copies whose links stay among copies.
"""

import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
IMPORTS = [sys.executable, "-c", "import pandas, networkx, pyvis.network, bibtexparser"]
RUNS = 7


def main(sizes):
    """Print the table; sizes beyond a thousand are run once."""
    base = median(IMPORTS)
    print(f"B (imports of pandas, networkx, pyvis, bibtexparser): {base * 1000:.0f} ms")
    print(f"make, nothing to do: {median(['make', '--silent']) * 1000:.0f} ms (target 15, at most 50)")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            data = enlarge(Path(folder) / "data", size)
            for command, target, most in (("check", 0.5, 1.2), ("build", 2.5, 5.0)):
                arguments = [sys.executable, "-m", "pipeline", command, "--data", str(data), "--quiet"]
                arguments += ["--output", f"{folder}/output"]
                seconds = median(arguments, runs=RUNS if size <= 1000 else 1)
                limits = f"target {target} B, at most {most} B" if size == 300 else ""
                print(f"{command}, {size} works: {seconds:.2f} s = {seconds / base:.2f} B {limits}")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"largest process: {memory} MB (at most 1000 for 10,000 works)")


def median(arguments, runs=RUNS):
    """Seconds of a command."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(arguments, check=True, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def enlarge(data, size):
    """The real data with as many copies of its works as make `size`; the last, partial round links to the originals."""
    shutil.copytree(REPOSITORY / "data", data)
    notes = sorted((REPOSITORY / "data/papers").glob("*.md"))
    keys = "|".join(sorted((path.stem for path in notes), key=len, reverse=True))
    link = re.compile(rf"(paper: )({keys})\b(?!-)")
    for number in range(size - len(notes)):
        turn, index = divmod(number, len(notes))
        whole = (turn + 2) * len(notes) <= size
        copy(notes[index], data, f"-x{turn}", link if whole else None)
    return data


def copy(path, data, mark, link):
    """One copy of a note and of its record, under a key, a citation key and an identifier of its own."""
    text = path.read_text(encoding="utf-8")
    if link:
        text = link.sub(rf"\1\2{mark}", text)
    text = re.sub(r"(?m)^citekey: (\S+)", rf"citekey: \1{mark}", text)
    if found := re.search(r'(?m)^arxiv: "(\d{4})\.(\d+)"', text):
        old = f"{found[1]}.{found[2]}"
        free = (f"{found[1]}.{number:0{len(found[2])}d}" for number in range(1, 10_000))
        new = next(one for one in free if not (data / "arxiv" / f"{one}.json").exists())
        record = json.loads((data / "arxiv" / f"{old}.json").read_text(encoding="utf-8")) | {"arxiv": new}
        (data / "arxiv" / f"{new}.json").write_text(json.dumps(record), encoding="utf-8")
        text = text.replace(f'arxiv: "{old}"', f'arxiv: "{new}"')
    (data / "papers" / f"{path.stem}{mark}.md").write_text(text, encoding="utf-8")
    cites = data / "citations" / f"{path.stem}.json"
    if cites.exists():
        record = json.loads(cites.read_text(encoding="utf-8"))
        marked = [key + (mark if link else "") for key in record["cites"]]
        record |= {"key": path.stem + mark, "cites": marked}
        cites.with_name(f"{path.stem}{mark}.json").write_text(json.dumps(record), encoding="utf-8")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [300, 10_000])
