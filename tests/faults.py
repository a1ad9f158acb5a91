#!/usr/bin/env python3
"""Faults brought to an index, and what became of it. Prints a table; exit code 1 when anything was lost.

    cargo build --release
    python3 tests/faults.py target/release/xunwen            # everything, some minutes
    python3 tests/faults.py target/release/xunwen kill -n 20 # one kind of fault

kill      SIGKILL at random moments of an ingest that replaces every report: the index must open and hold exactly the
          state before or after, the next run must complete it, and doctor must find no fault
together  searches while ingests run: each answer must be that of one commit or of the other
damage    every file of the index in turn with a flipped byte, cut short, emptied or removed: doctor must see it, and no
          search may end in a panic; counts how often a search shows a wrong answer without seeing anything
disk      a file system that fills up, and one mounted read-only (needs root and tmpfs, else left out)
vanish    the index folder removed while an ingest writes to it

The reports are made up here, from a seed, so that every run is the same but for the moments of the kills.
Needs Python 3.8 and nothing else.
"""
import argparse, os, random, shutil, signal, subprocess, sys, tempfile, time
from pathlib import Path

WORDS = ("市民 政府 会议 养老 服务 建设 公园 道路 学校 医院 记者 采访 昨日 发布 通知 春耕 生产 企业 创新 项目 开工 "
         "社区 志愿者 活动 水利 工程 安全 检查 交通 公交 线路 调整 图书馆 展览 开幕 演出 比赛 冠军 天气 降雨 气温").split()
QUERIES = ["养老服务", "记者采访", "工程", "的", "春耕生产企业", "图书馆 展览", "公交|线路", "安全 -检查", "冠军天气", "雨气"]


class Bench:
    def __init__(self, program, seed):
        self.program, self.random = str(Path(program).resolve()), random.Random(seed)
        self.room = Path(tempfile.mkdtemp(prefix="xunwen-faults-"))
        self.rows, self.lost = [], 0

    def corpus(self, name, files=40, reports=25, mark=""):
        folder = self.room / name / "corpus"
        folder.mkdir(parents=True)
        for f in range(files):
            lines = []
            for r in range(reports):
                text = "".join(self.random.choice(WORDS) for _ in range(120)) + mark + "的。"
                lines.append('{"key":"%d-%d","title":"%s","date":"2026-%02d-%02d","body":"%s"}' % (
                    f, r, "".join(self.random.choice(WORDS) for _ in range(4)), 1 + f % 12, 1 + r % 28, text))
            (folder / f"{f:03}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    def run(self, *arguments, **more):
        more.setdefault("timeout", 300)
        return subprocess.run([self.program, *map(str, arguments)], capture_output=True, cwd=self.room, **more)

    def start(self, *arguments):
        return subprocess.Popen([self.program, *map(str, arguments)], cwd=self.room,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def state(self, index):
        """What a set of searches answers: bytes."""
        answers = []
        for query in ("甲版", "乙版", "的"):
            ran = self.run("search", "-F", query, "--ids", "--all", "--index", index)
            answers.append((ran.returncode, ran.stdout))
        return tuple(answers)

    def row(self, fault, tried, survived, note=""):
        self.rows.append((fault, tried, survived, tried - survived, note))
        self.lost += tried - survived
        print(f"{fault}: {survived} of {tried} {note}", file=sys.stderr, flush=True)


def prepare(bench):
    """An index of state A, and the corpus changed to state B."""
    corpus = bench.corpus("a", mark="甲版")
    work = bench.room / "work"
    shutil.copytree(corpus, work / "corpus")
    index = work / "index"
    assert bench.run("ingest", work / "corpus", "--index", index).returncode == 0
    a = bench.state(index)
    saved = bench.room / "saved"
    shutil.copytree(index, saved)
    changed = bench.corpus("b", mark="乙版")
    for path in changed.iterdir():
        shutil.copy(path, work / "corpus" / path.name)
    began = time.monotonic()
    assert bench.run("ingest", work / "corpus", "--index", index).returncode == 0
    return work / "corpus", index, saved, a, bench.state(index), time.monotonic() - began


def restore(index, saved):
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(saved, index)


def kill(bench, count):
    corpus, index, saved, a, b, whole = prepare(bench)
    assert a != b
    survived, before, after = 0, 0, 0
    for _ in range(count):
        restore(index, saved)
        child = bench.start("ingest", corpus, "--index", index)
        time.sleep(bench.random.uniform(0, whole * 1.1))
        child.send_signal(signal.SIGKILL)
        child.wait()
        state = bench.state(index)
        before, after = before + (state == a), after + (state == b)
        again = bench.run("ingest", corpus, "--index", index)
        whole_again = bench.state(index) == b
        doctor = bench.run("doctor", "--samples", "20", "--index", index)
        good = state in (a, b) and again.returncode == 0 and whole_again and doctor.returncode == 0
        survived += good
        if not good:
            print("LOST", state == a, state == b, again, whole_again, doctor, file=sys.stderr)
    bench.row("killed during ingest", count, survived, f"{before} held the commit before, {after} the new one")


def together(bench, count):
    corpus, index, saved, a, b, _ = prepare(bench)
    restore(index, saved)
    tried = good = 0
    first, second = a, b
    for turn in range(max(2, count // 20)):
        child = bench.start("ingest", corpus, "--index", index)
        while child.poll() is None:
            ran = bench.run("search", "-F", "甲版", "--ids", "--all", "--index", index)
            tried += 1
            good += (ran.returncode, ran.stdout) in (first[0], second[0])
        source = bench.room / ("a/corpus" if turn % 2 == 0 else "b/corpus")
        for path in source.iterdir():
            shutil.copy(path, corpus / path.name)
            os.utime(corpus / path.name)
    bench.row("search while ingesting", tried, good)
    blocked = bench.start("ingest", "-", "--format", "jsonl", "--index", index)
    blocked.kill()
    blocked.wait()
    ran = bench.run("ingest", corpus, "--index", index)
    bench.row("lock of a dead process", 1, int(ran.returncode == 0))


def damage(bench, count):
    corpus = bench.corpus("d", files=6)
    index = bench.room / "damaged"
    assert bench.run("ingest", corpus, "--index", index).returncode == 0
    answers = {q: bench.run("search", q, "--ids", "--all", "--index", index).stdout for q in QUERIES}
    folder = index / (index / "current").read_text().strip()
    files = [p for p in sorted(folder.iterdir()) if p.is_file() and p.suffix != ".lock"]
    files += [index / "current", index / "xunwen-index"]
    faults = []
    for path in files:
        whole = path.read_bytes()
        faults += [(path, "flip", bench.random.randrange(len(whole))) for _ in range(max(1, count // 10)) if whole]
        faults += [(path, "cut", at) for at in sorted({0, len(whole) // 2, max(0, len(whole) - 1)})]
        faults.append((path, "remove", None))
    seen = panics = refused = right = wrong = 0
    unseen_by_doctor = []
    for path, what, at in faults:
        whole = path.read_bytes()
        if what == "flip":
            content = bytearray(whole)
            content[at] ^= 1 << bench.random.randrange(8)
            path.write_bytes(content)
        elif what == "cut":
            path.write_bytes(whole[:at])
        else:
            path.unlink()
        if what != "cut" or at != len(whole):
            doctor = bench.run("doctor", "--samples", "1", "--index", index)
            seen += doctor.returncode in (1, 5)
            if doctor.returncode not in (1, 5):
                unseen_by_doctor.append(f"{path.name} {what} {at}: {doctor.returncode}")
        else:
            seen += 1
        ran = [(q, bench.run("search", q, "--ids", "--all", "--index", index)) for q in QUERIES]
        ran += [(None, bench.run("search", q, "-n", "3", "--index", index)) for q in QUERIES[:3]]
        codes = {r.returncode for _, r in ran}
        panics += not codes <= {0, 1, 5}
        if not codes <= {0, 1, 5}:
            print("PANIC", path.name, what, at, [(q, r) for q, r in ran if r.returncode not in (0, 1, 5)][:1], file=sys.stderr)
        if 5 in codes:
            refused += 1
        elif all(q is None or r.stdout == answers[q] for q, r in ran):
            right += 1
        else:
            wrong += 1
        path.write_bytes(whole)
    total = len(faults)
    bench.row("damaged file, seen by doctor", total, seen, "; ".join(unseen_by_doctor))
    bench.row("damaged file, search without a panic", total, total - panics,
              f"{refused} refused, {right} answered rightly, {wrong} answered otherwise without noticing")


def disk(bench, count):
    if os.geteuid() != 0:
        print("disk: left out, needs root", file=sys.stderr)
        return
    corpus = bench.corpus("f", files=60, mark="甲版")
    mount = bench.room / "small"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", mount], capture_output=True).returncode:
        print("disk: left out, cannot mount tmpfs", file=sys.stderr)
        return
    try:
        index = mount / "index"
        few = sorted(corpus.iterdir())[:6]
        first = bench.run("ingest", *few, "--index", index)
        state = bench.state(index)
        full = bench.run("ingest", corpus, "--index", index)
        errors = [line for line in full.stderr.decode().splitlines() if line.startswith("错误")]
        good = first.returncode == 0 and full.returncode == 5 and len(errors) == 1 and bench.state(index) == state
        bench.row("disk full", 1, int(good), errors[0] if errors else f"{first} {full}")
        subprocess.run(["mount", "-o", "remount,size=300m", mount], check=True)
        ran = bench.run("ingest", corpus, "--index", index)
        doctor = bench.run("doctor", "--samples", "20", "--index", index)
        bench.row("ingest after the disk was full", 1, int(ran.returncode == 0 and doctor.returncode == 0))
        state = bench.state(index)
        subprocess.run(["mount", "-o", "remount,ro", mount], check=True)
        bench.row("search on a read-only medium", 1, int(bench.state(index) == state))
        (few[0]).write_text(few[0].read_text() + few[0].read_text().splitlines()[0].replace('"key":"', '"key":"x') + "\n")
        ran = bench.run("ingest", corpus, "--index", index)
        errors = [line for line in ran.stderr.decode().splitlines() if line.startswith("错误")]
        bench.row("ingest on a read-only medium", 1, int(ran.returncode == 5 and len(errors) == 1),
                  errors[0] if errors else str(ran))
    finally:
        subprocess.run(["umount", mount])


def vanish(bench, count):
    corpus, index, saved, a, b, whole = prepare(bench)
    tried = good = 0
    for _ in range(max(3, count // 20)):
        restore(index, saved)
        child = bench.start("ingest", corpus, "--index", index)
        time.sleep(bench.random.uniform(whole * 0.2, whole * 0.9))
        shutil.rmtree(index, ignore_errors=True)
        _, said = child.communicate()
        errors = [line for line in said.decode().splitlines() if line.startswith("错误")]
        tried += 1
        # Done before the folder went, or one clear error.
        good += child.returncode == 0 or (child.returncode == 5 and len(errors) == 1)
        if not (child.returncode == 0 or (child.returncode == 5 and len(errors) == 1)):
            print("VANISH", child.returncode, said.decode(), file=sys.stderr)
        ran = bench.run("search", "的", "--index", index)
        tried += 1
        good += ran.returncode in (0, 5)
    bench.row("index folder removed during ingest", tried, good)


KINDS = {"kill": kill, "together": together, "damage": damage, "disk": disk, "vanish": vanish}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], help="which faults; all if none is named")
    parser.add_argument("-n", type=int, default=200, help="how often (200)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table, lost = [], 0
    for kind in options.kinds or KINDS:
        bench = Bench(options.program, options.seed)
        try:
            KINDS[kind](bench, options.n)
        finally:
            shutil.rmtree(bench.room, ignore_errors=True)
        table, lost = table + bench.rows, lost + bench.lost
    print("| fault | tried | survived | lost | |\n|---|---|---|---|---|")
    for row in table:
        print("| " + " | ".join(map(str, row)) + " |")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
