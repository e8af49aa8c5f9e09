"""What holds for every file that the tests can reach: valid output, true spans, nothing dropped, same bytes twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor import schema
from extractor.errors import GazetteError

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FILES = sorted((ROOT / "corpora").glob("*/issue.txt")) + sorted(
    path for folder in ("gazettes", "corpus") for path in (SHARED / folder).glob("*.txt")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name if path.stem == "issue" else path.stem)
def test_output_is_valid_and_complete(path: Path) -> None:
    data = path.read_bytes()
    encoded = extractor.to_json(extractor.parse(data, name=path.name))
    assert schema.breaches(encoded) == ()
    issue = extractor.load(encoded)
    removed = "".join(piece.text for piece in issue.source.removed)
    source = data.decode("utf-8-sig")
    assert sorted(_visible(issue.text + removed)) == sorted(_visible(source)), "a character was lost or made up"


@pytest.mark.parametrize("path", FILES[:4], ids=lambda path: path.parent.name)
def test_same_bytes_same_json(path: Path) -> None:
    assert extractor.to_json(extractor.parse(path)) == extractor.to_json(extractor.parse(path))


_PIECES = [
    *(
        "关于做好防汛工作的通知",
        "各镇人民政府：",
        "云政发〔2023〕5号",
        "2023年9月15日",
        "云溪市人民政府",
        "附件：",
        "附件1",
        "目 录",
    ),
    *(
        "\n",
        "\n\n",
        "\t",
        " ",
        "\u3000",
        "\u00a0",
        "\x00",
        "\ufffd",
        "😀",
        "。",
        "、",
        "《",
        "》",
        "“",
        "”",
        "（",
        "）",
        "〔",
        "〕",
    ),
    *(
        "一、",
        "（一）",
        "1.",
        "①",
        "第一章",
        "第一条",
        "（责任单位：区财政局、各镇<街道>）",
        "(牵头单位:区教育局,配合单位:",
    ),
    *("到2025年，", "不低于300元/人/月", "7/10万", "1-2个", "分别控制在7%、4‰以下", "百分之八十", "翻一番"),
    *("任命周明同志为区统计局局长；", "组长: 周明  副区长", "第5期（总第17期）", "列第一位的为牵头单位"),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_any_mix_of_marks_gives_valid_output(text: str) -> None:
    _holds(text.encode())


@given(st.text(max_size=200))
def test_any_text_gives_valid_output(text: str) -> None:
    _holds(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=400))
def test_any_bytes_give_valid_output_or_a_named_error(data: bytes) -> None:
    _holds(data)


@pytest.mark.long
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name if path.stem == "issue" else path.stem)
def test_mutilated_files_give_valid_output(path: Path) -> None:
    chance = random.Random(path.name)
    text = path.read_text(encoding="utf-8-sig")
    for _ in range(4):
        start = chance.randrange(len(text))
        _holds((text[start:] + text[:start])[: chance.randrange(1, 6000)].encode())


def _holds(data: bytes) -> None:
    try:
        encoded = extractor.to_json(extractor.parse(data, name="made-up.txt"))
    except GazetteError as error:
        assert str(error).count("\n") == 0
        assert str(error)
        return
    assert schema.breaches(encoded) == ()


def _visible(text: str) -> str:
    return "".join(text.split()).replace("\ufeff", "")
