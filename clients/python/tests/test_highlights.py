"""Ranges over texts in which bytes, UTF-16 units and code points differ."""

from wenyuan import Range, marked, pieces, slices

# 软 and 骨 are 3 bytes each, 🧬 is 4 bytes and 2 UTF-16 units; each is one code point.
TEXT = "软骨🧬修复 CD34+ 细胞"


def ranges(*bounds: tuple[int, int]) -> list[Range]:
    return [Range(start=start, end=end) for start, end in bounds]


def test_pieces_count_code_points() -> None:
    assert pieces(TEXT, ranges((0, 2), (3, 5), (6, 11))) == ["软骨", "修复", "CD34+"]
    assert slices(ranges((3, 5))) == [slice(3, 5)]


def test_marks_join_where_ranges_touch_or_overlap() -> None:
    assert marked(TEXT, ranges((3, 5), (0, 2))) == "**软骨**🧬**修复** CD34+ 细胞"
    assert marked(TEXT, ranges((0, 3), (2, 5)), "<b>", "</b>") == "<b>软骨🧬修复</b> CD34+ 细胞"
    assert marked(TEXT, ranges((12, 99))) == "软骨🧬修复 CD34+ **细胞**"
    assert marked(TEXT, []) == TEXT
    assert marked(TEXT, ranges((5, 5))) == TEXT
