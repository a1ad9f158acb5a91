#!/usr/bin/env python3
"""Makes a larger corpus of a smaller one, to see how things grow.

    python3 benches/grow.py FILE.jsonl REPORTS > LARGER.jsonl

Writes FILE's reports over and over until there are so many. From the second round on, each report gets an id of its own,
and the sentences of every fifty reports are shuffled among them: words stay as frequent as in real text, lengths too, and
hardly any report is a copy of another. The same input, the same output. Needs Python 3 alone.
"""
import itertools, json, random, re, sys

SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]+|[^。！？\n]+")
TOGETHER = 50


def rounds(file):
    for turn in itertools.count():
        empty = True
        with open(file, encoding="utf-8") as lines:
            while some := list(itertools.islice(lines, TOGETHER)):
                empty = False
                yield turn, some
        if empty:
            sys.exit(f"no reports in {file}")


def grown(file, wanted):
    for turn, lines in rounds(file):
        lines = lines[:wanted]
        wanted -= len(lines)
        if turn == 0:
            yield from lines
        else:
            yield from shuffled(turn, [json.loads(line) for line in lines])
        if wanted == 0:
            return


def shuffled(turn, records):
    bodies = [SENTENCE.findall(record.get("body") or "") for record in records]
    sentences = [sentence for body in bodies for sentence in body]
    random.Random(f"{turn} {len(sentences)} {''.join(sentences[:2])}").shuffle(sentences)
    rest = iter(sentences)
    for number, (record, body) in enumerate(zip(records, bodies)):
        record["body"] = "".join(itertools.islice(rest, len(body)))
        record["id"] = f"{record.get('id') or number}-{turn}"
        yield json.dumps(record, ensure_ascii=False) + "\n"


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.writelines(grown(sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
