"""The summary and its end (CABLE-FORMAT 4.5)."""

import pytest

from generator import read_cable

OPENING = "C O N F I D E N T I A L MOSCOW 000226\n\nTAGS: PREL\nSUBJECT: X\n\n"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("1. (C) Summary: It was so. End Summary.\n\n2. (C) B.", "It was so."),
        ("1. (C) SUMMARY. It\nwas so. END\nSUMMARY.\n\n2. (C) B.", "It was so."),
        (
            "-------\nSummary\n-------\n\n1. (C) It was so.\n\n2. (C) And so. End summary.\n",
            "It was so. 2. (C) And so.",
        ),
        ("Summary\n-------\n\n1. (C) It was so.\n\nComment\n-------\n\n2. (C) B.", "It was so."),
        ("1. (C) It was so. (End Summary.)\n\n2. (C) B.", "It was so."),
        ("1. Summary: (SBU) It was so. End summary.", "It was so."),
        ("1. (C) SUMMARY:\n\nIt was so.\n\nAnd so.\n\n2. (C) B.", "It was so. And so."),
        ("1. (C) SUMMARY:\n\nIt was so. END SUMMARY.\n\n2. (C) B.", "It was so."),
        ("(U) SUMMARY\n\n1. (C) It was so.\n\nDETAILS\n\n2. (C) B.", "It was so."),
        (f"1. The report:\n\nI. Summary\n\nIt was so.\n\nII. Status of It\n\n{'It is so. ' * 30}", "It was so."),
        ("BEGIN SUMMARY\n\n1. (C) It was so.\n\nEND SUMMARY\n\n2. (C) B.", "It was so."),
        ("1. (C) BEGIN SUMMARY. It was so. END SUMMARY.\n\n2. (C) B.", "It was so."),
        ("1. (SBU) Summary and Comment: It was so. End summary and comment.\n\n2. B.", "It was so."),
        ("1. (SBU) Summary and Action Request: It was so. See para 9. End summary.\n\n2. B.", "It was so. See para 9."),
        ("1. (C) Introduction: It was so. End introduction.\n\n2. B.", "It was so."),
        ("1. (C) Summay: It was so. End summay.\n\n2. B.", "It was so."),
        ("1. (C) Summary - It was so.\n\n2. B.", "It was so."),
        ("1. (C) Summary: It was so. 2. (C) And so. End summary.\n\n3. B.", "It was so. 2. (C) And so."),
        ("1. (C) No such thing.", ""),
        ("1. (C) The summary of the report is false.", ""),
    ],
)
def test_summary(text: str, summary: str) -> None:
    assert read_cable(OPENING + text).summary == summary
