#!/bin/sh
# What `screen.svg` and the transcripts beside this file show: `tests/all/tour.rs` runs every line that begins with
# `xunwen`, in a folder that holds `corpus/` and nothing else, and takes the picture from here to where it ends.
xunwen ingest corpus

# picture
xunwen '养老|托育 -北京' --since 2026-02 -n 2
xunwen kwic 养老服务 -n 6
xunwen facet 记者 养老服务
# end of picture

xunwen issue 2026-02-25
xunwen first 暴雪
xunwen timeline 养老 --by week --since 2026-02
xunwen terms --reporter 付凯明 -n 5
xunwen tally --by 记者 --by 月 -n 4
xunwen who 付凯明 -n 3
xunwen search 马村矿 --explain -n 1
