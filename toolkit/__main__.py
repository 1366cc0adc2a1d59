"""`python -m toolkit` is `zhenggai`."""

from toolkit.cli import main

main()
