#!/usr/bin/env python3
"""Measures xunwen against the plain stack of benches/baseline, on any JSON Lines file with `body` (and `title`, `date`).

    python3 benches/run.py FILE.jsonl [--work DIR] [--runs 20] [--rounds 5] [--threads 2] [--only ingest,pages,cold,warm]

Prints a Markdown table. Everything is a ratio within one run: the programs take turns. Needs cargo and Python 3 alone.
"""
import argparse, collections, datetime, json, os, platform, random, re, shutil, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
HAN = re.compile(r"[一-鿿]+")


def build(arguments, folder):
    subprocess.run(["cargo", "build", "--release", "--quiet", *arguments], cwd=folder, check=True)
    told = subprocess.run(["cargo", "metadata", "--format-version=1", "--no-deps"], cwd=folder, check=True, capture_output=True)
    return os.path.join(json.loads(told.stdout)["target_directory"], "release")


def measured(command):
    """Runs a command; returns wall and CPU seconds, peak resident and peak anonymous bytes (0 where not told)."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    anonymous = 0
    while True:
        try:
            with open(f"/proc/{child.pid}/status") as status:
                for line in status:
                    if line.startswith("RssAnon:"):
                        anonymous = max(anonymous, int(line.split()[1]) * 1024)
        except OSError:
            pass
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.01)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"failed ({child.returncode}): {' '.join(command)}")
    unit = 1 if platform.system() == "Darwin" else 1024
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, anonymous


def bytes_below(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


def texts_of(file):
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record.get("title") or "", record.get("body") or "", record.get("date")


def dictionary():
    with open(os.path.join(ROOT, "src/text/segment/dict.txt"), encoding="utf-8") as lines:
        return {word for word in (line.split(" ")[0] for line in lines) if len(word) == 2}


def make_queries(file, wanted):
    """Draws the queries of each class from the reports themselves: the same file, the same queries."""
    draw = random.Random(20260101)
    sample, seen = [], 0
    for title, body, date in texts_of(file):
        seen += 1
        if len(sample) < 4000:
            sample.append((body, date))
        elif draw.randrange(seen) < 4000:
            sample[draw.randrange(4000)] = (body, date)
    characters, pairs = collections.Counter(), collections.Counter()
    words = dictionary()
    for body, _ in sample:
        characters.update(c for c in body if "一" <= c <= "鿿")
        pairs.update({body[i:i + 2] for i in range(len(body) - 1)} & words)
    common_words = [word for word, _ in pairs.most_common(wanted)]
    commonest = {c for c, _ in characters.most_common(50)}
    first = [c for c, _ in characters.most_common(10)]
    runs = sorted({run[i:i + n] for body, _ in sample for run in HAN.findall(body) for n in (2, 3, 4)
                   for i in range(len(run) - n + 1) if set(run[i:i + n]) <= commonest})
    queries = [("common word", "best", word) for word in common_words]
    queries += [("common word by date", "newest", word) for word in common_words]
    queries += [("common word, timeline by month", "months", word) for word in common_words]
    queries += [("common word, facet by reporter", "reporters", word) for word in common_words]
    queries += [("phrase of the 50 commonest characters", "best", run) for run in draw.sample(runs, min(wanted, len(runs)))]
    queries += [("pair of the 10 commonest characters", "best", a + b) for a in first for b in first]
    rare = [word for word, n in pairs.items() if n <= 2]
    queries += [("rare word", "best", word) for word in draw.sample(sorted(rare), min(wanted, len(rare)))]
    clauses = [(clause, date) for body, date in sample for clause in HAN.findall(body) if 5 <= len(clause) <= 12]
    long = [clause for body, _ in sample for clause in HAN.findall(body) if 10 <= len(clause) <= 16]
    queries += [("whole clause", "best", clause) for clause in draw.sample(long, min(wanted, len(long)))]
    names = sorted({name for body, _ in sample for name in re.findall("记者([一-鿿]{2,3})[）)、]", body)})
    common = common_words[:60]
    for _ in range(wanted if names else 0):
        date = draw.choice(sample)[1]
        dated = f" 日期:{str(date)[:7]}" if date and re.match(r"\d{4}-\d\d", str(date)) else ""
        queries.append(("three words, reporter and month", "best", " ".join(draw.sample(common, 3)) + f" 记者:{draw.choice(names)}{dated}"))
        queries.append(("three words and month", "best", " ".join(draw.sample(common, 3)) + dated))
    for _ in range(wanted):
        a, b = draw.choice(clauses)[0], draw.choice(clauses)[0]
        queries.append(("headline, loosened", "best", a + b))
    return queries


def main():
    known = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known.add_argument("file")
    known.add_argument("--work", default=os.path.join(ROOT, "target", "bench"), help="folder for the indexes; made, and left")
    known.add_argument("--runs", type=int, default=20, help="runs of each cold query")
    known.add_argument("--rounds", type=int, default=5, help="runs of each warm query")
    known.add_argument("--threads", type=int, default=2)
    known.add_argument("--queries", type=int, default=100, help="queries of each class")
    known.add_argument("--ingests", type=int, default=2, help="how often each program ingests; the best counts")
    known.add_argument("--only", default="ingest,pages,cold,warm", help="pages: the same texts as files of plain text, one each")
    asked = known.parse_args()
    parts = asked.only.split(",")
    file, work = os.path.abspath(asked.file), os.path.abspath(asked.work)
    os.makedirs(work, exist_ok=True)
    xunwen = os.path.join(build([], ROOT), "xunwen")
    baseline = os.path.join(build([], os.path.join(HERE, "baseline")), "baseline")
    ours, words, bigrams = (os.path.join(work, name) for name in ("xunwen", "words", "bigrams"))
    reports, text = 0, 0
    for title, body, _ in texts_of(file):
        reports, text = reports + 1, text + len(title.encode()) + len(body.encode())
    print(f"{datetime.date.today()}, {processor()}, {os.cpu_count()} cores, {platform.system()}; "
          f"{reports} reports, {text / 1e6:.1f} MB of text, {asked.threads} threads\n")
    print("| | xunwen | plain stack | ratio | bigrams, no dictionary |\n|---|---|---|---|---|")

    makers = {
        "xunwen": [xunwen, "ingest", file, "--index", ours, "--jobs", str(asked.threads)],
        "words": [baseline, "words", "ingest", words, file, str(asked.threads)],
        "bigrams": [baseline, "bigrams", "ingest", bigrams, file, str(asked.threads)],
    }
    folders = {"xunwen": ours, "words": words, "bigrams": bigrams, "pages": os.path.join(work, "of-pages")}
    if "pages" in parts:
        pages = os.path.join(work, "pages")
        write_pages(file, pages)
        os.sync()  # else the first to be measured has the disk busy with what was written here
        makers["pages"] = [xunwen, "ingest", pages, "--index", folders["pages"], "--jobs", str(asked.threads)]
    if "ingest" in parts or "pages" in parts:
        best = {}
        for _ in range(asked.ingests):
            for name, command in makers.items():
                shutil.rmtree(folders[name], ignore_errors=True)
                found = measured(command)
                best[name] = min(best.get(name, found), found)
        x, w, b = (best[name] for name in ("xunwen", "words", "bigrams"))
        row("ingest, MB of text a second", *(text / 1e6 / one[0] for one in (x, w, b)), form="{:.1f}")
        row("ingest, CPU seconds", x[1], w[1], b[1], form="{:.1f}")
        row("ingest, peak anonymous memory, MB", x[3] / 1e6, w[3] / 1e6, b[3] / 1e6, form="{:.0f}")
        row("ingest, peak resident memory, MB", x[2] / 1e6, w[2] / 1e6, b[2] / 1e6, form="{:.0f}")
        row("index / text", *(bytes_below(folders[name]) / text for name in ("xunwen", "words", "bigrams")), form="{:.2f}")
        if "pages" in parts:
            row("ingest of plain text in files, MB a second", *(text / 1e6 / best[name][0] for name in ("pages", "words", "bigrams")), form="{:.1f}")
    queries = make_queries(file, asked.queries) if "cold" in parts or "warm" in parts else []
    of = lambda name: [query for cls, _, query in queries if cls == name]
    if "cold" in parts:
        kinds = [("rare word", of("rare word")), ("common word", of("common word")),
                 ("phrase of the commonest characters", of("phrase of the 50 commonest characters"))]
        for name, texts in kinds:
            times = collections.defaultdict(list)
            for run in range(asked.runs + 1):
                query = texts[run % len(texts)]
                for program, command in (("x", [xunwen, "search", query, "--index", ours]),
                                         ("w", [baseline, "words", "search", words, query]),
                                         ("b", [baseline, "bigrams", "search", bigrams, query])):
                    seconds = whole(command)
                    if run:
                        times[program].append(seconds * 1e3)
            row(f"cold: {name}, whole process, ms", *(statistics.median(times[p]) for p in "xwb"), form="{:.1f}")
    if "warm" in parts:
        told = "".join("\t".join(query) + "\n" for query in queries)
        timed = subprocess.run(["cargo", "bench", "--quiet", "--bench", "queries", "--", ours, str(asked.rounds)],
                               cwd=ROOT, input=told, capture_output=True, text=True, check=True).stdout
        theirs = collections.defaultdict(lambda: ("", ""))
        for name in ("rare word", "common word", "phrase of the 50 commonest characters", "pair of the 10 commonest characters"):
            both = []
            for kind, folder in (("words", words), ("bigrams", bigrams)):
                out = subprocess.run([baseline, kind, "warm", folder, str(asked.rounds)], input="\n".join(of(name)) + "\n",
                                     capture_output=True, text=True, check=True).stdout
                both.append(sorted(float(line) for line in out.split()))
            theirs[name] = tuple((times[len(times) // 2], times[min(len(times) * 99 // 100, len(times) - 1)]) for times in both)
        for line in timed.splitlines():
            name, n, p50, p99, _ = line.split("\t")
            cells = [f"{int(p50) / 1e3:.2f} / {int(p99) / 1e3:.2f}"]
            for one in theirs[name]:
                cells.append(f"{one[0] / 1e3:.2f} / {one[1] / 1e3:.2f}" if one else "")
            ratio = f"{int(p99) / theirs[name][0][1]:.2f}" if theirs[name][0] else ""
            print(f"| warm: {name}, p50 / p99, ms | {cells[0]} | {cells[1]} | {ratio} | {cells[2]} |")


def write_pages(file, folder):
    """Writes each report as a page of its own, below its day."""
    shutil.rmtree(folder, ignore_errors=True)
    for number, (title, body, date) in enumerate(texts_of(file)):
        day = os.path.join(folder, str(date or "undated")[:10], f"{number % 100:02}")
        os.makedirs(day, exist_ok=True)
        with open(os.path.join(day, f"{number}.txt"), "w", encoding="utf-8") as page:
            page.write(f"{title}\n{body}\n" if title else f"{body}\n")


def whole(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def row(name, ours, words, bigrams, form):
    print(f"| {name} | {form.format(ours)} | {form.format(words)} | {ours / words if words else 0:.3f} | {form.format(bigrams)} |", flush=True)


def processor():
    try:
        with open("/proc/cpuinfo") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
