#!/usr/bin/env python3
"""Measures xunwen beside grep, ripgrep, SQLite's FTS5 and recoll, on any JSON Lines file with `body` (and `id`, `title`).

    python3 benches/compare.py FILE.jsonl [--work DIR] [--queries 200] [--runs 15] [--without recoll] [--xunwen PROGRAM]

Prints a Markdown table. grep, ripgrep and recoll get a folder with a text file a report, the others the reports. Texts of
2 to 8 characters, not all of them Latin or digits, are drawn from the reports; an answer is whole and true where it holds every report in which the text
stands as written, and none in which it does not stand even with width, case, blanks and Traditional characters (by
`xunwen doctor --fold-table`) left out of account. Times are those of whole processes with everything in the page cache, and the programs take turns. What is not installed is left
out. Needs cargo and Python 3 alone.
"""
import argparse, datetime, json, os, random, shutil, sqlite3, statistics, subprocess, sys, time, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def folded(text, table):
    one = lambda c, new: new if len(new) == 1 else c
    chars = (one(c, unicodedata.normalize("NFKC", c)) for c in text if unicodedata.category(c)[0] not in "ZC" or c == "\n")
    return "".join(one(c, c.lower()) for c in chars).translate(table)


def reports_of(file):
    reports = {}
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = "\n".join(part for part in (record.get("title"), record.get("body")) if part)
            if text:
                reports[str(record.get("id", len(reports)))] = text
    return reports


def draw(reports, wanted):
    """The same reports, the same texts."""
    random.seed(20260101)
    texts, ids = set(), sorted(reports)
    while len(texts) < wanted:
        line = random.choice(reports[random.choice(ids)].split("\n"))
        length = random.randint(2, 8)
        start = random.randrange(max(1, len(line) - length + 1))
        text = line[start:start + length]
        if len(text) == length and text.isalnum() and not text.isascii():
            texts.add(text)
    return sorted(texts)


def run(command, text=None, accepted=(0, 1)):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode not in accepted:
        sys.exit(f"failed ({done.returncode}): {' '.join(command)}\n{done.stderr}")
    return done.stdout


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(path) for name in names)


class Scan:
    """grep and ripgrep: no index."""

    def __init__(self, name, words, folder):
        self.name, self.words, self.folder, self.made, self.index = name, words, folder, None, None

    def command(self, text):
        return [*self.words, "--", text, self.folder]

    def answers(self, texts):
        return [{os.path.basename(line)[:-4] for line in run(self.command(text)).splitlines()} for text in texts]


class Fts5:
    def __init__(self, tokenizer, reports, work):
        self.name, self.index = f"FTS5 {tokenizer}", os.path.join(work, f"{tokenizer}.db")
        if os.path.exists(self.index):
            os.remove(self.index)
        self.base = sqlite3.connect(self.index)
        start = time.perf_counter()
        self.base.execute(f"CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, body, tokenize='{tokenizer}')")
        self.base.executemany("INSERT INTO t VALUES (?, ?)", reports.items())
        self.base.commit()
        self.made = time.perf_counter() - start

    def command(self, text):
        if not shutil.which("sqlite3"):
            return None
        return ["sqlite3", self.index, f"SELECT id FROM t WHERE t MATCH '\"{text}\"' ORDER BY rank LIMIT 10"]

    def answers(self, texts):
        ask = "SELECT id FROM t WHERE t MATCH ?"
        return [{row[0] for row in self.base.execute(ask, (f'"{text}"',))} for text in texts]


class Recoll:
    def __init__(self, folder, work):
        self.name, self.index = "recoll", os.path.join(work, "recoll")
        shutil.rmtree(self.index, ignore_errors=True)
        os.makedirs(self.index)
        with open(os.path.join(self.index, "recoll.conf"), "w", encoding="utf-8") as conf:
            conf.write(f"topdirs = {folder}\nidxniceprio = 0\n")  # it would stand back behind everything else
        start = time.perf_counter()
        run(["recollindex", "-c", self.index])
        self.made = time.perf_counter() - start

    def command(self, text, most=10):
        return ["recollq", "-c", self.index, "-b", "-n", str(most), f'"{text}"']

    def answers(self, texts):
        outs = [run(self.command(text, 10**6)) for text in texts]
        return [{os.path.basename(line)[:-4] for line in out.splitlines() if line.startswith("file://")} for out in outs]


class Xunwen:
    def __init__(self, program, file, work):
        self.name, self.program, self.index = "xunwen", program, os.path.join(work, "xunwen")
        shutil.rmtree(self.index, ignore_errors=True)
        start = time.perf_counter()
        run([program, "ingest", file, "--index", self.index, "--quiet"], accepted=(0, 3))
        self.made = time.perf_counter() - start

    def command(self, text):
        return [self.program, "search", text, "-n", "10", "--index", self.index]

    def answers(self, texts):
        asked = "".join(f"{n}\t{text}\n" for n, text in enumerate(texts))
        out = run([self.program, "search", "--batch", "-", "-F", "--all", "--ids", "--jsonl", "--index", self.index], asked)
        found = [set() for _ in texts]
        for line in out.splitlines():
            hit = json.loads(line)
            found[int(hit["qid"])].add(hit["key"])
        return found


def main():
    known = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known.add_argument("file")
    known.add_argument("--work", default=os.path.join(ROOT, "target", "compare"), help="folder for the indexes; made, and left")
    known.add_argument("--queries", type=int, default=200)
    known.add_argument("--runs", type=int, default=15, help="texts whose search is timed")
    known.add_argument("--xunwen", help="the program; built where not stated")
    known.add_argument("--without", action="append", default=[], help="leave out ripgrep or recoll, which takes by far the longest")
    asked = known.parse_args()
    work, file = os.path.abspath(asked.work), os.path.abspath(asked.file)
    folder = os.path.join(work, "text")
    os.makedirs(folder, exist_ok=True)
    reports = reports_of(file)
    for name, text in reports.items():
        with open(os.path.join(folder, f"{name}.txt"), "w", encoding="utf-8", newline="\n") as out:
            out.write(text + "\n")
    if not asked.xunwen:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    volume = sum(len(text.encode()) for text in reports.values())
    print(f"{datetime.date.today()}, {os.cpu_count()} cores; {len(reports)} reports, {volume / 1e6:.1f} MB of text\n", flush=True)

    programs = [Xunwen(asked.xunwen or os.path.join(ROOT, "target/release/xunwen"), file, work)]
    programs.append(Scan("grep", ["grep", "-rlF"], folder))
    if shutil.which("rg") and "ripgrep" not in asked.without:
        programs.append(Scan("ripgrep", ["rg", "-lF"], folder))
    programs += [Fts5(tokenizer, reports, work) for tokenizer in ("unicode61", "trigram")]
    if shutil.which("recollindex") and "recoll" not in asked.without:
        programs.append(Recoll(folder, work))

    texts = draw(reports, asked.queries)
    pairs = (line.split("\t") for line in run([programs[0].program, "doctor", "--fold-table"]).splitlines())
    table = {ord(pair[0]): pair[1] for pair in pairs if len(pair) == 2 and len(pair[0]) == 1}
    plain = {name: folded(text, table) for name, text in reports.items()}
    wanted = [{name for name, body in reports.items() if text in body} for text in texts]
    allowed = [{name for name, body in plain.items() if folded(text, table) in body} | held for text, held in zip(texts, wanted)]
    short = [len(text) == 2 for text in texts]
    rows = {"texts answered in full and truly": [], "… of two characters": [], "reports found, of all that hold a text": []}
    for program in programs:
        found = program.answers(texts)
        right = [held <= got <= most for held, got, most in zip(wanted, found, allowed)]
        twos = [one for one, is_short in zip(right, short) if is_short]
        rows["texts answered in full and truly"].append(f"{100 * sum(right) / len(right):.1f} %")
        rows["… of two characters"].append(f"{100 * sum(twos) / max(1, len(twos)):.1f} %")
        recall = sum(len(held & got) for held, got in zip(wanted, found)) / sum(map(len, wanted))
        rows["reports found, of all that hold a text"].append(f"{100 * recall:.1f} %")

    times = {program.name: [] for program in programs}
    for text in texts[::max(1, len(texts) // (asked.runs + 1))]:
        for program in programs:
            command = program.command(text)
            if command:
                start = time.perf_counter()
                run(command)
                times[program.name].append((time.perf_counter() - start) * 1e3)
    # The first of each is not counted.
    rows["a search, whole process, median, ms"] = [f"{statistics.median(of[1:]):.0f}" if of else "–" for of in times.values()]
    rows["making the index, MB of text a second"] = [f"{volume / 1e6 / p.made:.1f}" if p.made else "–" for p in programs]
    rows["index / text"] = [f"{size(p.index) / volume:.2f}" if p.index else "–" for p in programs]
    print("| | " + " | ".join(program.name for program in programs) + " |\n|---" + "|---" * len(programs) + "|")
    for name, cells in rows.items():
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
