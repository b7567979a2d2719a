"""Options of a server: the command line goes before the environment, and that before the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UsageError
from app.server.options import read_options


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text(
        'database = "postgresql://file/samverka"\nport = 1\npublic_url = "https://file.example"\n'
        'sample = false\n[openid]\nissuer = "https://id.example"\nname = "Entra"\n',
        encoding="utf-8",
    )
    environment = {
        "SAMVERKA_CONFIG": str(file),
        "SAMVERKA_PORT": "2",
        "SAMVERKA_HOST": "0.0.0.0",
        "SAMVERKA_SAMPLE": "true",
        "SAMVERKA_OPENID_CLIENT_ID": "samverka",
        "SAMVERKA_OPENID_NAME": "Byråns konto",
        "PATH": "/bin",
    }
    options = read_options({"port": 3, "host": None}, environment)
    assert (options.port, options.host, options.database) == (3, "0.0.0.0", "postgresql://file/samverka")
    assert options.sample is True
    assert options.public_url == "https://file.example"
    (provider,) = options.openid
    assert provider.issuer == "https://id.example"
    assert (provider.client_id, provider.name) == ("samverka", "Byråns konto")


def test_firms_may_have_providers_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text(
        'database = "x"\n[[openid]]\nissuer = "https://a.example"\nfirm = "556036-0793"\npasswords = false\n'
        '[[openid]]\nissuer = "https://b.example"\nclaim = "preferred_username"\n',
        encoding="utf-8",
    )
    first, second = read_options({}, {}, str(file)).openid
    assert (first.firm, first.passwords) == ("556036-0793", False)
    assert (second.claim, second.passwords) == ("preferred_username", True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("database = ", "server_config_unreadable"),
        ('databse = "x"', "server_option_unknown"),
        ('database = "x"\nport = "many"', "server_option_invalid"),
        ('database = "x"\nlog_format = "xml"', "server_option_invalid"),
        ('database = "x"\n[openid]\nissue = "y"', "server_option_unknown"),
        ('database = "x"\nopenid = "https://id.example"', "server_option_invalid"),
        ("port = 8443", "server_database_missing"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_a_reason(tmp_path: Path, content: str, code: str) -> None:
    file = tmp_path / "server.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_options({}, {}, str(file))
    assert caught.value.code == code


def test_a_secret_is_not_repeated_in_an_error(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text('database = "x"\nmetrics_token = ["s3cret"]', encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_options({}, {}, str(file))
    assert "s3cret" not in str(caught.value.data)
