"""What Zotero saves from a page, by its own code.

`zotero-translators` on npm is Zotero's engine with all of its translators as they were in May 2019, which is the newest
that a package registry has: "Embedded Metadata" of 2018-11-01 and "RDF" of 2018-10-07, which that calls for the
properties of Open Graph. The newer ones are published at https://github.com/zotero/translators.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.browser.tools import NODE, from_npm

SCRIPT = Path(__file__).with_suffix(".cjs")
PACKAGES = Path(sys.prefix) / "node_modules"


def saved_by_zotero(pages: dict[Path, str]) -> list[dict[str, Any]]:
    """The items that Zotero makes of pages, each at its address; what is empty is left out."""
    from_npm("zotero-translators/index.js")
    asked = [str(word) for page in pages.items() for word in page]
    done = subprocess.run([NODE, "--no-deprecation", SCRIPT, PACKAGES, *asked], capture_output=True, check=True)
    items: list[dict[str, Any]] = json.loads(done.stdout)
    return [{field: value for field, value in item.items() if value not in ("", [])} for item in items]
