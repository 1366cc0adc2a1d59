#!/usr/bin/env bash
# Open faces for the official names (仿宋, 楷体, 黑体, 宋体, 小标宋) so that rendered tests measure the right shapes; no TeX is installed.
set -euo pipefail
fonts="$HOME/.local/share/fonts/fandol"
if [ ! -e "$fonts/FandolFang-Regular.otf" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  chmod 777 "$work"
  (cd "$work" && apt-get download -qq texlive-lang-chinese >/dev/null && dpkg -x texlive-lang-chinese_*.deb unpacked)
  mkdir -p "$fonts"
  find "$work/unpacked" -name 'Fandol*.otf' -exec cp {} "$fonts" \;
fi
conf="$HOME/.config/fontconfig/conf.d"
mkdir -p "$conf"
{
  echo '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
  while IFS='|' read -r face names; do
    for name in $names; do
      echo "<match target=\"pattern\"><test name=\"family\"><string>${name//+/ }</string></test><edit name=\"family\" mode=\"assign\" binding=\"same\"><string>$face</string></edit></match>"
    done
  done <<'FACES'
FandolFang R|仿宋_GB2312 仿宋 FangSong FangSong_GB2312 华文仿宋 STFangsong
FandolKai|楷体_GB2312 楷体 KaiTi 华文楷体
FandolHei|黑体 SimHei
AR PL SungtiL GB|宋体 SimSun 新宋体
Noto Serif CJK SC|方正小标宋简体 方正小标宋_GBK 华文中宋
FACES
  echo '</fontconfig>'
} > "$conf/01-gongwen.conf"
fc-cache -f >/dev/null
