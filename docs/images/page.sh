#!/bin/sh
# Makes docs/images/page.png anew: a page of the sample in a real xterm, on a display that nobody sees.
# Needs xvfb-run, xterm, xdotool, ImageMagick and the DejaVu and Noto CJK fonts; run it from the root
# after `cargo build --release`, or with KEN=target/debug/ken.
set -eu
if [ "${1:-}" != inside ]; then
    exec xvfb-run -a -s "-screen 0 1400x1000x24 -nolisten tcp" "$0" inside
fi
home=$(mktemp -d)
trap 'kill "$xterm" && wait; rm -rf "$home"' EXIT
ken=${KEN:-target/release/ken}
"$ken" init "$home/sample" >/dev/null
touch "$home/sample/.ken.toml" # A page inside a wiki opens with the wiki around it.
HOME=$home XDG_CONFIG_HOME=$home LANG=C.UTF-8 LC_ALL=C.UTF-8 xterm -u8 -b 8 -bw 0 +sb -geometry 124x36+0+0 \
    -fa 'DejaVu Sans Mono' -fd 'Noto Sans Mono CJK SC' -fs 10 -bg '#15181d' -xrm 'XTerm*directColor: true' \
    -e env COLORTERM=truecolor "$ken" --theme dark "$home/sample/topics/whole_millimetres.md" &
xterm=$!
sleep 4 # An X server tells nobody when a program has drawn.
import -window "$(xdotool search --class xterm | tail -1)" -strip docs/images/page.png
