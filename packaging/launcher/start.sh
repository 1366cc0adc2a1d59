#!/bin/sh
# 整改台账工具箱: python/ and lib/ lie beside this file
here=$$(dirname "$$(readlink -f "$$0")")
if [ "$$(uname -m)" != "$machine" ]; then
    echo "本程序是 $machine 版，这台电脑是 $$(uname -m)，不能运行。龙芯（loongarch64）、申威的电脑目前没有可用的版本，请换一台电脑。" >&2
    exit 3
fi
export ZHENGGAI_PROGRAM="$$here/zhenggai" TCL_LIBRARY="$$here/python/lib/tcl8.6" TK_LIBRARY="$$here/python/lib/tk8.6"
exec "$$here/python/bin/python3.11" -I -B -X utf8 -m toolkit $arguments "$$@"
