#!/usr/bin/env python3
"""How many of the near copies in a collection the program groups, against shingles that it knows nothing of.

    python3 benches/copies.py XUNWEN INDEX FILE.jsonl [--sample N] [--seed N]

FILE.jsonl is what the index was made of: `id` and `body` a line. Candidates are found by MinHash over the shingles of five
characters and held against each other exactly; the table tells how many of the pairs that share so much of their
shingles are grouped. With --sample, N grouped pairs and N others above .5 are shown with what differs in them, to be
judged by eye. Needs nothing but Python 3; a minute or two for 60,000 reports.
"""
import argparse, collections, difflib, json, random, re, subprocess, unicodedata, zlib

SHINGLE, BINS, BAND, LEAST = 5, 48, 3, 0.5

def folded(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()

def shingles(text):
    data, step = text.encode("utf-32-le"), 4
    return {zlib.crc32(data[at : at + SHINGLE * step]) for at in range(0, len(data) - (SHINGLE - 1) * step, step)}

def sketch(of):
    least = [None] * BINS
    for hash in of:
        spread = hash * 0x9E3779B1 & 0xFFFFFFFF
        bin = spread % BINS
        if least[bin] is None or spread < least[bin]:
            least[bin] = spread
    return least

def candidates(texts):
    bands = collections.defaultdict(list)
    for key, text in texts.items():
        if len(text) >= 100:
            least = sketch(shingles(text))
            for at in range(0, BINS, BAND):
                bands[at, *least[at : at + BAND]].append(key)
    pairs = set()
    for keys in bands.values():
        if 1 < len(keys) <= 200:
            pairs.update((a, b) for n, a in enumerate(keys) for b in keys[n + 1 :])
    return pairs

def groups(xunwen, index):
    """The group of every report that has copies, by key; every report that does not hold an unheard-of text is a hit."""
    ask = [xunwen, "search", "--index", index, "--all", "--jsonl", "--copies"]
    keys, hits = {}, []
    with subprocess.Popen([*ask, "show", "--ids", "-㐀㐁㐂"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        for line in run.stdout:
            hit = json.loads(line)
            keys[hit["id"]] = hit["key"]
    with subprocess.Popen([*ask, "fold", "-㐀㐁㐂"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        for line in run.stdout:
            hit = json.loads(line)
            if hit["copies"]:
                hits.append([hit["id"], *hit["copies"]])
    return {keys[id]: n for n, group in enumerate(hits) for id in group}

def show(pairs, texts):
    for share, a, b in sorted(pairs):
        one, other = texts[a][:2000], texts[b][:2000]
        differs = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        differs = [f"[{one[i:j][:14]}|{other[k:l][:14]}]" for kind, i, j, k, l in differs if kind != "equal"]
        print(f"{share:.2f} {a} {b}, {len(differs)} differences\n  {one[:50]}\n  {other[:50]}\n  {' '.join(differs[:8])}")

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("xunwen", "index", "file"):
        parser.add_argument(name)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    texts = {}
    for line in open(args.file, encoding="utf-8"):
        report = json.loads(line)
        texts[report["id"]] = folded(report["body"])
    group = groups(args.xunwen, args.index)
    of = {}
    table, grouped, apart = collections.Counter(), [], []
    for a, b in sorted(candidates(texts)):
        one, other = (of.setdefault(key, shingles(texts[key])) for key in (a, b))
        share = len(one & other) / len(one | other)
        if share >= LEAST:
            is_grouped = a in group and group[a] == group.get(b)
            table[int(share * 10) / 10, is_grouped] += 1
            (grouped if is_grouped else apart).append((share, a, b))
    print("| shingles in common | pairs | grouped |\n|---|---|---|")
    for low in sorted({low for low, _ in table}, reverse=True):
        yes, all = table[low, True], table[low, True] + table[low, False]
        print(f"| {low:.1f} | {all} | {yes} ({yes / all:.0%}) |")
    random.seed(args.seed)
    for name, pairs in (("grouped", grouped), ("not grouped", apart)):
        if args.sample:
            print(f"\n{name}")
            show(random.sample(pairs, min(args.sample, len(pairs))), texts)

if __name__ == "__main__":
    main()
