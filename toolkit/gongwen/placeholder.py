"""What a placeholder looks like in a template: a name in double braces."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
