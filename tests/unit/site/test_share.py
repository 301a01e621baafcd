from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from generator.site.share import citation, shares

ADDRESS = "https://cables.example.org/sub/cable/2010/01/10MOSCOW226.html"
HASHTAGS = ("#cablegate", "#10MOSCOW226")
HOSTILE = 'A&B=C #x?"><script> \u202e é'


def made(subject: str = "SCENESETTER", address: str = ADDRESS) -> dict[str, str]:
    return {share.network: share.href for share in shares("10MOSCOW226", subject, address, HASHTAGS)}


def test_the_networks_and_their_hosts() -> None:
    assert {network: urlsplit(href).netloc for network, href in made().items()} == {
        "mastodon": "share.joinmastodon.org",
        "bluesky": "bsky.app",
        "x": "x.com",
        "reddit": "www.reddit.com",
        "email": "",
    }


@pytest.mark.parametrize("subject", ["SCENESETTER", HOSTILE, "", "WORD " * 200])
def test_each_link_carries_both_hashtags_and_the_address(subject: str) -> None:
    for href in made(subject).values():
        words = unquote(href)
        assert "#cablegate #10MOSCOW226" in words
        assert ADDRESS in words


def test_without_an_address_the_hashtags_are_enough() -> None:
    for href in made(address="").values():
        assert unquote(href).endswith("#cablegate #10MOSCOW226")


def test_a_subject_never_adds_a_field() -> None:
    text = f"{HOSTILE} #cablegate #10MOSCOW226"
    links = made(HOSTILE)
    assert parse_qs(urlsplit(links["x"]).query) == {"text": [f"#cablegate #10MOSCOW226 {ADDRESS}"]}
    assert parse_qs(urlsplit(made(HOSTILE, "")["x"]).query) == {"text": [text]}
    assert parse_qs(urlsplit(links["reddit"]).query) == {"title": [text], "url": [ADDRESS]}
    assert parse_qs(urlsplit(links["email"]).query) == {
        "subject": ["10MOSCOW226"],
        "body": [f"#cablegate #10MOSCOW226 {ADDRESS}"],
    }


def test_a_long_subject_leaves_room_for_the_rest() -> None:
    text = unquote(made("SEVERAL WORDS " * 100, "")["x"].partition("text=")[2])
    assert len(text) <= 280
    assert "WORDS… #cablegate" in text or "SEVERAL… #cablegate" in text


def test_the_address_is_encoded_as_the_script_encodes_it() -> None:
    # The script's `encoded` leaves these characters as they are.
    assert "text=" + "!'()*:/-_.~%20" in made("!'()*:/-_.~", "")["bluesky"]


def cited(*facts: str) -> list[str]:
    return [f"<{run.text}>" if run.isolated else run.text for run in citation(*facts)]


def test_a_citation_leaves_out_what_is_not_known() -> None:
    full = cited("10MOSCOW226", "SCENESETTER", "Embassy Moscow", "2010-01-29 15:33", "The Archive", ADDRESS)
    assert full == [f"Embassy Moscow, “SCENESETTER”, cable 10MOSCOW226, 2010-01-29, The Archive, {ADDRESS}"]
    assert cited("10MOSCOW226", "", "", "", "The Archive", "") == ["cable 10MOSCOW226, The Archive"]


def test_a_part_of_a_citation_that_runs_from_right_to_left_stands_alone() -> None:
    assert "".join(cited("10MOSCOW226", "שיחות 5", "Ambassade à Paris", "", "The Archive", "")) == (
        "Ambassade à Paris, <“שיחות 5”>, cable 10MOSCOW226, The Archive"
    )
