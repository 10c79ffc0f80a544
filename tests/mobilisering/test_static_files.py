from pathlib import Path

from django.core.management import call_command
from pytest_django.fixtures import Settings

from mobilisering import stylesheet


def test_outside_development_every_file_is_collected_under_a_name_of_its_content(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)
    sheet = stylesheet._build()

    fonts = [file.name for file in (tmp_path / "fonts").glob("public-sans-sv.*.woff2")]
    assert len(fonts) == 1
    assert f'url("/static/fonts/{fonts[0]}")' in sheet
    assert f'url("../fonts/{fonts[0]}")' in next((tmp_path / "css").glob("admin.*.css")).read_text("utf-8")
