import base64
import hashlib
import re

from django.test import Client

from mobilisering.stylesheet import FOLDER, LAYERS, csp_hash, minified, stylesheet


def test_comments_and_spare_white_space_go_and_what_css_means_stays() -> None:
    css = '/* why */\n.a , .b :hover {\n  margin: 0 1px ;\n  content: " (; { /*x*/ ";\n  inset: calc(1px + 2px);\n}\n'

    assert minified(css) == '.a,.b :hover{margin:0 1px;content:" (; { /*x*/ ";inset:calc(1px + 2px)}'


def test_every_file_of_the_portal_is_a_layer_in_the_sheet() -> None:
    sheet = stylesheet()

    assert {file.stem for file in FOLDER.glob("*.css") if not file.stem.startswith("admin")} == set(LAYERS)
    assert sheet.startswith(f"@layer {','.join(LAYERS)};")
    assert all(f"@layer {name}{{" in sheet for name in LAYERS)
    assert sheet.count("{") == sheet.count("}")


def test_the_font_comes_from_where_static_files_are_served() -> None:
    assert re.findall(r'url\("([^"]+)"\)', stylesheet()) == ["/static/fonts/public-sans-sv.woff2"]


def test_the_policy_names_the_very_sheet_that_stands_in_the_page(client: Client, db: None) -> None:
    response = client.get("/sprak/")

    inlined = re.findall(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inlined[0].encode()).digest()).decode()
    assert len(inlined) == 1
    assert csp_hash() == f"'sha256-{digest}'"
    assert f"style-src 'self' 'sha256-{digest}'" in response["Content-Security-Policy"]


def test_the_policy_lets_no_inline_script_through(client: Client, db: None) -> None:
    policy = dict(part.split(" ", 1) for part in client.get("/")["Content-Security-Policy"].split("; "))

    assert policy["script-src"] == "'self'"
    assert "unsafe" not in " ".join(policy.values())


def test_every_colour_is_a_token() -> None:
    loose = {
        file.name: found
        for name in LAYERS
        if name not in {"tokens", "print"}
        for file in [FOLDER / f"{name}.css"]
        if (found := re.findall(r"#[0-9a-f]{3,6}\b(?!\))", file.read_text("utf-8")))
    }

    assert loose == {"base.css": ["#000"], "content.css": ["#fff"]}  # focus on dark; the paper under a QR code
