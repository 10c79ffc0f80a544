"""Whether every public page is valid HTML, in the eyes of the W3C's checker (npm `vnu-jar`, which needs Java)."""

import json
import re
import tempfile
import urllib.request
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.measuring import empty_portal
from bench.npm import package, run
from bench.pages import web_server
from tests.knowledge.public_pages import addresses

NO_FAULTS = re.compile(
    # Safari takes the list out of one without bullets; the role puts it back
    r"The “list” role is unnecessary for element “[uo]l”\."
    # CSS that browsers know, and the checker does not know yet
    r"|CSS: Unrecognized at-rule “@container”"
    r"|CSS: “(container-type|position-area|position-try-fallbacks)”: Property “[a-z-]+” doesn't exist\."
)
"""What the checker says that is right as it is."""


def main() -> None:
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    with empty_portal(), tempfile.TemporaryDirectory(prefix="html-") as folder:
        call_command("seed_texts", "--with-examples", verbosity=0)
        paths = addresses()
        connection.close()
        with web_server(HTTPS="0", PORTAL_URL="http://127.0.0.1:{port}") as port:
            names = {save(port, path, Path(folder) / f"{number}.html"): path for number, path in enumerate(paths)}
        found = json.loads(run("java", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--stdout", folder))
    faults = [
        f"{names[message['url'].rpartition('/')[2]]} line {message.get('lastLine', '?')}: {message['message']}"
        for message in found["messages"]
        if not NO_FAULTS.fullmatch(message["message"])
    ]
    print("\n".join(sorted(set(faults))))
    print(f"{len(paths)} pages, {len(faults)} faults.")
    if faults:
        raise SystemExit(1)


def save(port: int, path: str, file: Path) -> str:
    """The page as a file; the name of the file."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        file.write_bytes(answer.read())
    return file.name
