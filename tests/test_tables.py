"""Tables in text, and the clauses of their rows."""

from __future__ import annotations

from extractor.model import TableRow
from extractor.structure.clauses import Growth, grow


def read(text: str) -> Growth:
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((start, start + len(line)))
        start += len(line)
    return grow(text, lines, "d1")


def cells(text: str, row: TableRow | None) -> list[str | None]:
    assert row is not None
    return [None if cell is None else text[slice(*cell)] for cell in row.cells]


TASKS = (
    "一、重点任务\n序号\t工作任务\t牵头单位\t配合单位\n1\t修建青岚桥\t县交通局\t县财政局\n"
    "2\t改造老街。沿街立面统一整修\t\t各镇\n二、要求\n按月报送。\n"
)


def test_tabs_make_cells_and_empty_fields_keep_their_place() -> None:
    """L43."""
    table = read(TASKS).tables[0]
    assert cells(TASKS, table.header) == ["序号", "工作任务", "牵头单位", "配合单位"]
    assert [cells(TASKS, row) for row in table.rows] == [
        ["1", "修建青岚桥", "县交通局", "县财政局"],
        ["2", "改造老街。沿街立面统一整修", None, "各镇"],
    ]


def test_rows_of_a_task_table_are_clauses_under_the_heading_that_governs_them() -> None:
    grown = read(TASKS)
    assert [(clause.id, clause.heading, clause.label) for clause in grown.clauses] == [
        ("d1/一", "重点任务", "一、"),
        ("d1/一/1", "修建青岚桥", None),
        ("d1/一/2", "改造老街", None),
        ("d1/二", "要求", "二、"),
    ]
    assert TASKS[slice(*grown.clauses[2].span)] == "2\t改造老街。沿街立面统一整修\t\t各镇"
    assert [(block.kind, block.clause_id) for block in grown.blocks] == [
        ("item", "d1/一"),
        ("table", "d1/一"),
        ("item", "d1/二"),
        ("paragraph", "d1/二"),
    ]


def test_a_table_without_duties_has_no_row_clauses() -> None:
    text = "日期\t带班领导\n3月2日\t周宁\n3月9日\t何平\n"
    grown = read(text)
    assert grown.clauses == ()
    assert [cells(text, row) for row in grown.tables[0].rows] == [["3月2日", "周宁"], ["3月9日", "何平"]]


def test_rows_without_a_number_count_by_their_place() -> None:
    text = "工作任务\t责任单位\n整治河道\t县水利局\n修缮校舍\t县教育局\n"
    assert [clause.path for clause in read(text).clauses] == [("1",), ("2",)]


def test_pipes_with_a_rule() -> None:
    text = "| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 修桥 | 县交通局 |\n| 2 |  | 县财政局 |\n"
    grown = read(text)
    assert [cells(text, row) for row in grown.tables[0].rows] == [["1", "修桥", "县交通局"], ["2", None, "县财政局"]]
    assert [(clause.path, clause.heading) for clause in grown.clauses] == [(("1",), "修桥"), (("2",), None)]


def test_one_cell_a_line_with_and_without_a_pipe_between_rows() -> None:
    """R38, L44."""
    for between in ("|\n", ""):
        rows = ("序号 任务 责任单位", "1 修建青岚桥 县交通局", "2 改造老街 县住建局")
        text = between.join(row.replace(" ", "\n|\n") + "\n" for row in rows) + "二、要求\n抓紧办。\n"
        grown = read(text)
        assert [cells(text, row) for row in grown.tables[0].rows] == [
            ["1", "修建青岚桥", "县交通局"],
            ["2", "改造老街", "县住建局"],
        ]
        assert [clause.path for clause in grown.clauses] == [("1",), ("2",), ("二",)]


def test_a_roster_with_tabs_is_no_table() -> None:
    text = "组长:\t周宁\t副县长\n副组长:\t何平\t办公室主任\n成员:\t李青\t水利局局长\n"
    assert read(text).tables == ()


def test_a_single_line_with_a_tab_is_no_table() -> None:
    assert read("一、时间\t三月\n二、地点在县政府。\n").tables == ()


def test_numbers_in_cells_are_no_labels() -> None:
    text = "一、清单\n序号\t名称\n1.\t一、甲\n2.\t二、乙\n二、说明\n照此办理。\n"
    assert [clause.path for clause in read(text).clauses] == [("一",), ("二",)]


def test_notes_below_the_table() -> None:
    """L47."""
    text = "日期\t带班领导\n3月2日\t周宁\n3月9日\t何平\n备注:1.每月一次;\n2.地点另行通知。\n"
    assert [block.kind for block in read(text).blocks] == ["table", "note", "item", "item"]


def test_rows_below_a_section_row_keep_the_header() -> None:
    """A header of columns stands once, the table is cut by 一、 and 二、."""
    text = (
        "序号\t任务\t责任单位\n一、城建\n1\t修桥\t县交通局\n2\t修路\t县住建局\n"
        "二、民生\n3\t建校\t县教育局\n4\t建院\t县卫健局\n"
    )
    grown = read(text)
    assert [(clause.path, clause.heading) for clause in grown.clauses] == [
        (("一",), "城建"),
        (("一", "1"), "修桥"),
        (("一", "2"), "修路"),
        (("二",), "民生"),
        (("二", "3"), "建校"),
        (("二", "4"), "建院"),
    ]
    assert [block.kind for block in grown.blocks] == ["table", "item", "table", "item", "table"]
