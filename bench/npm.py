"""Programs from npm that judge what we serve. They are fetched when a measurement first needs them, into `.run/npm`."""

import shutil
import subprocess
from pathlib import Path

from bench.__main__ import ROOT

FOLDER = ROOT / ".run" / "npm"
PACKAGES = {"lighthouse": "lighthouse@12.8.2", "vnu-jar": "vnu-jar@26"}


def package(name: str) -> Path:
    """The folder of an installed package. Ends with words when npm or Node.js is missing."""
    folder = FOLDER / "node_modules" / name
    if not folder.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        run("npm", "install", "--prefix", str(FOLDER), "--no-fund", "--no-audit", "--ignore-scripts", PACKAGES[name])
    return folder


def run(program: str, *arguments: str, **more: str) -> str:
    """What the program writes. Ends the measurement with its words when it fails."""
    found = shutil.which(program)
    if not found:
        raise SystemExit(f"{program} is needed for this measurement. On Debian or Ubuntu: sudo apt install {program}")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False, env=more or None)
    if done.returncode:
        raise SystemExit(f"{program} failed: {done.stderr[-2000:] or done.stdout[-2000:]}")
    return done.stdout
