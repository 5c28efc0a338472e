# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools[woff]==4.68.0"]
# ///
"""Rebuild `static/vendor/` from npm, or check that it is what the manifest says.

    uv run --script tools/vendor_assets.py      rebuild; needs npm (versions and hashes: assets/package-lock.json)
    python tools/vendor_assets.py --check       compare every file with MANIFEST.json; needs nothing

Two things differ from what npm delivers, and both are made here:

* Bootstrap is wrapped in `@layer bootstrap`, so that any rule of ours wins over any of its rules without a fight.
* The fonts are cut: weights we use, characters we use. A whole first visit to the portal has to stay under 40 KiB, and
  one uncut Newsreader alone is 58 KB. `core` is English, `latin` the rest of western Europe, `latin-ext` the rest of
  the Latin script; a browser fetches only those a page needs (`unicode-range` in static/css/tokens.css).
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
VENDOR = ROOT / "static" / "vendor"
FONTS = "node_modules/@fontsource-variable"

CORE = "20-7E,A0,A3,B7,2009,2013-2014,2018-2019,201C-201D,2022,2026,20AC,2212"
LATIN = "A1-A2,A4-AC,AE-B6,B8-FF,131,152-153,2BB-2BC,2C6,2DA,2DC,201A,201E,2030,2032-2033,2039-203A,2044,2122,2215"
EXT = "100-130,132-151,154-2BA,2BD-2C5,2C7-2CC,2CE-2D7,2DD-2FF,1E00-1E9F,1EF2-1EFF,2020,20A0-20AB,20AD-20C0,2113"
SANS = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
VOICE = ["kern", "liga", "ccmp", "locl", "mark", "mkmk"]

# name: source file, weights, characters, OpenType features
CUTS: dict[str, tuple[str, str, tuple[int, int] | int, str, list[str]]] = {
    "figtree-core.woff2": ("figtree", "latin-wght-normal", (400, 750), CORE, SANS),
    "figtree-latin.woff2": ("figtree", "latin-wght-normal", (400, 750), LATIN, SANS),
    "figtree-latin-ext.woff2": ("figtree", "latin-ext-wght-normal", (400, 750), EXT, SANS),
    "newsreader-core.woff2": ("newsreader", "latin-wght-normal", 400, CORE, VOICE),
    "newsreader-latin.woff2": ("newsreader", "latin-wght-normal", 400, LATIN, VOICE),
    "newsreader-latin-ext.woff2": ("newsreader", "latin-ext-wght-normal", 400, EXT, VOICE),
    "newsreader-desk.woff2": ("newsreader", "latin-wght-normal", (400, 600), CORE + "," + LATIN, SANS),
    "newsreader-desk-italic.woff2": ("newsreader", "latin-wght-italic", (400, 600), CORE + "," + LATIN, SANS),
}


def codepoints(ranges: str) -> set[int]:
    found: set[int] = set()
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut_font(source: Path, target: Path, weights: tuple[int, int] | int, ranges: str, features: list[str]) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weights})
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = False
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, family and licence stay inside the file
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codepoints(ranges))
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def layered(css: str) -> str:
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css).replace('@charset "UTF-8";', "", 1)
    licence, rest = re.match(r"(/\*!.*?\*/)?(.*)", css.strip(), re.DOTALL).groups()
    return f'@charset "UTF-8";{licence or ""}\n@layer bootstrap{{{rest.strip()}}}\n'


def build(work: Path) -> dict[str, dict[str, str]]:
    """Make every file below VENDOR; say of each where it is from."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ASSETS / name, work / name)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, check=True)
    lock = json.loads((ASSETS / "package-lock.json").read_text())["packages"]

    def origin(package: str) -> dict[str, str]:
        entry = lock[f"node_modules/{package}"]
        return {"package": package, "version": entry["version"], "licence": entry["license"]}

    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "bootstrap").mkdir(parents=True)
    (VENDOR / "fonts").mkdir()
    made: dict[str, dict[str, str]] = {}

    css = (work / "node_modules/bootstrap/dist/css/bootstrap.min.css").read_text()
    (VENDOR / "bootstrap/bootstrap.min.css").write_text(layered(css))
    shutil.copy(work / "node_modules/bootstrap/LICENSE", VENDOR / "bootstrap/LICENSE")
    made["bootstrap/bootstrap.min.css"] = origin("bootstrap") | {"change": "wrapped in @layer bootstrap"}
    made["bootstrap/LICENSE"] = origin("bootstrap")

    for family in ("figtree", "newsreader"):
        licence = f"fonts/{family}-OFL.txt"
        shutil.copy(work / FONTS / family / "LICENSE", VENDOR / licence)
        made[licence] = origin(f"@fontsource-variable/{family}")
    for name, (family, file, weights, ranges, features) in CUTS.items():
        cut_font(work / FONTS / family / "files" / f"{family}-{file}.woff2", VENDOR / "fonts" / name, weights, ranges, features)
        made[f"fonts/{name}"] = origin(f"@fontsource-variable/{family}") | {"change": f"cut from {family}-{file}.woff2"}
    return made


def measured(name: str) -> dict[str, str | int]:
    data = (VENDOR / name).read_bytes()
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def check() -> list[str]:
    """What differs from the manifest; empty when all is as it should be."""
    manifest = json.loads((VENDOR / "MANIFEST.json").read_text())
    there = {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.is_file()} - {"MANIFEST.json"}
    wrong = [f"not in the manifest: {name}" for name in sorted(there - set(manifest))]
    wrong += [f"missing: {name}" for name in sorted(set(manifest) - there)]
    lock = json.loads((ASSETS / "package-lock.json").read_text())["packages"]
    for name in sorted(there & set(manifest)):
        entry = manifest[name]
        if any(entry[key] != value for key, value in measured(name).items()):
            wrong.append(f"changed: {name}")
        if entry["version"] != lock[f"node_modules/{entry['package']}"]["version"]:
            wrong.append(f"older than the lock: {name}")
    return wrong


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        wrong = check()
        print("\n".join(wrong) or "static/vendor is what MANIFEST.json says")
        return 1 if wrong else 0
    with tempfile.TemporaryDirectory() as work:
        made = build(Path(work))
    manifest = {name: entry | measured(name) for name, entry in sorted(made.items())}
    (VENDOR / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n")
    for name, entry in manifest.items():
        print(f"{entry['bytes']:>8}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
