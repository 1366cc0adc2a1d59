"""退回/<unit>.xlsx: the unit's own return, marked: every finding listed with a link to its cell, the cell coloured and noted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.row_kinds import FORM
from toolkit.intake.tables import NO_DATA
from toolkit.ledger.columns import BY_CODE, CODES, COLUMNS, Filler, Kind
from toolkit.ledger.entry import own_headings
from toolkit.ledger.finding import NOTE_MARK, Finding, Severity
from toolkit.ledger.joining import shortened
from toolkit.ledger.readers import read_cell
from toolkit.ledger.status import worded
from toolkit.ledger.submission import Origin, Role, Verdict
from toolkit.sheets.fill import CellMark
from toolkit.sheets.grid import column_number
from toolkit.sheets.leading_sheet import LeadingSheet, TableLine
from toolkit.sheets.lines_of_text import lines_of
from toolkit.workbooks.formats import (
    FILLS,
    FONT,
    NOTE_PAPER,
    Look,
    filled_centre,
    look,
    print_setup,
    row_height,
)
from toolkit.workbooks.layout import Layout, Placed, layout_of
from toolkit.workbooks.ledger_row import LedgerRow, row_of_entry
from toolkit.workbooks.ledger_sheet import (
    LEDGER_SHEET,
    cell_value,
    in_unit_of,
    own_cell,
    style_of,
    write_cell,
)
from toolkit.workbooks.template import FIRST_ROW, Ledger, add_ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.readers import Context
    from toolkit.ledger.submission import Row, Submission, Untaken
    from toolkit.settings.model import Settings
    from toolkit.state import State
    from toolkit.workbooks.in_place import OfficeBook
    from toolkit.workbooks.selfcheck import SelfCheck

FINDINGS_SHEET = "核查意见"
_COLUMNS = (
    ("级别", 8), ("问题编号", 10), ("栏目", 14), ("位置", 14), ("原填内容", 30), ("核查意见", 46), ("如何改正", 46), ("举例", 26),
)  # fmt: skip
_LINK_COL, _HEAD_ROW = 3, 3
_HOW = (
    "请在“整改台账”表中逐条改正：点“位置”跳到单元格，单元格上的批注写明如何改正。改好后保存，原样报回整改办，不必另做一份。",
    "底色是本次核查时标的：红色须改正，黄色请核对，蓝色请留意。改正以后底色和批注还在，改没改好看台账右侧的“自检”栏。",
)
_HOW_IN_PLACE = (
    "底色是本次核查时标的：红色须改正，黄色请核对，蓝色请留意。改正以后底色和批注还在，不影响报送。"
)
_NOT_TAKEN = "未采用"
_TAKE_OVER = "需要报送的内容，请填到“整改台账”表中对应问题的那一行；不需要的不必处理。"
_LONGEST_SHOWN = 300
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
# A note: its width in pixels, how many half-width characters fit a line of it, the pixels of a line and of the edges.
_NOTE_WIDTH, _NOTE_LINE, _NOTE_LINE_HEIGHT, _NOTE_EDGE = 340, 48, 17, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """All that one unit sent in the round (accepted and refused files), with its items and their findings."""

    unit: str
    submissions: Sequence[Submission]
    entries: Sequence[Entry]
    findings: Sequence[Finding]

    @property
    def goes_back(self) -> bool:
        """Whether the unit has something that it must put right."""
        refused = any(submission.verdict is Verdict.REJECTED for submission in self.submissions)
        files = {submission.file for submission in self.submissions}
        return refused or any(
            f.severity is Severity.ERROR and f.place.file in files for f in self.findings
        )

    @property
    def rows(self) -> Mapping[str, Row]:
        """What the unit wrote, by item."""
        accepted = (one for one in self.submissions if one.verdict is Verdict.ACCEPTED)
        return {row.item.id: row for submission in accepted for row in submission.rows}

    @property
    def untaken(self) -> Sequence[Untaken]:
        """Rows and sheets that were seen and not taken; what belongs to the form of a sheet is left out."""
        return [
            left
            for one in self.submissions
            for left in one.untaken
            if left.reason not in {NO_DATA, *FORM}
        ]


def unit_of(submission: Submission) -> str:
    """Whose a file is: as read, else as its hidden identity says; "" where neither is known."""
    return submission.unit or (submission.identity.unit if submission.identity else "")


def _units_of(submission: Submission, leads: Mapping[str, str]) -> tuple[str, ...]:
    """Whom an answer to a file goes to: its unit; of a file of several units each that leads an item in it."""
    unit = unit_of(submission)
    if unit:
        return (unit,)
    leading = (leads.get(row.item.id, "") for row in submission.rows)
    return tuple(dict.fromkeys(unit for unit in leading if unit))


def returns_of(state: State) -> tuple[Return, ...]:
    """The returns of the round, one a unit, in the order in which they came; superseded and repeated files left out."""
    by_unit: dict[str, list[Submission]] = defaultdict(list)
    leads = {entry.item.id: entry.item.lead_unit for entry in state.entries}
    for submission in state.submissions:
        stands = (
            submission.verdict in (Verdict.ACCEPTED, Verdict.REJECTED)
            and submission.role is not Role.REVIEW
        )
        for unit in _units_of(submission, leads) if stands else ():
            by_unit[unit].append(submission)
    led: dict[str, list[Entry]] = defaultdict(list)
    for entry in state.entries:
        led[entry.item.lead_unit].append(entry)
    findings = _Findings.of(state.findings)
    return tuple(_return(unit, files, led[unit], findings) for unit, files in by_unit.items())


@dataclass(frozen=True, slots=True)
class Where:
    """Where things stand in the marked ledger: its sheet, the row of each item (from 1), the letters of each column."""

    sheet: str
    rows: Mapping[str, int]
    letters: Mapping[str, str]

    def column_of(self, found: Finding) -> str:
        """The column that a finding is shown in: the first one where the sheet has not the finding's own."""
        if found.column in self.letters:
            return found.column
        return CODES[0] if CODES[0] in self.letters else next(iter(self.letters))


@dataclass(frozen=True, slots=True)
class _Findings:
    """All findings of a round, with the places in that list of those about an item or a file: no unit looks through all."""

    all: Sequence[Finding]
    by_id: Mapping[str, Sequence[int]]
    by_file: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> _Findings:
        by_id: defaultdict[str, list[int]] = defaultdict(list)
        by_file: defaultdict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(findings):
            by_id[found.id].append(place)
            by_file[found.place.file].append(place)
        return cls(findings, dict(by_id), dict(by_file))

    def about(self, ids: Iterable[str], files: Iterable[str]) -> list[Finding]:
        """What is said of these items and of these files, each finding once, in the order of the round."""
        places = {place for id_ in ids for place in self.by_id.get(id_, ())}
        places.update(place for file in files for place in self.by_file.get(file, ()))
        return [self.all[place] for place in sorted(places)]


def _return(
    unit: str, submissions: Sequence[Submission], led: Sequence[Entry], findings: _Findings
) -> Return:
    spoken = {row.item.id for submission in submissions for row in submission.rows}
    entries = [entry for entry in led if not entry.closed or entry.item.id in spoken]
    rows = {row.origin: row.item.id for one in submissions for row in one.rows}
    about = findings.about(
        (entry.item.id for entry in entries), (submission.file for submission in submissions)
    )
    own = [_of_item(found, rows) for found in about]
    return Return(unit=unit, submissions=submissions, entries=entries, findings=own)


def _of_item(found: Finding, rows: Mapping[Origin, str]) -> Finding:
    """A finding of the reading rooms, which know no items, under the item of the row that it stands in."""
    if found.id:
        return found
    return replace(
        found, id=rows.get(Origin(found.place.file, found.place.sheet, _row_number(found)), "")
    )


def write_return(
    path: Path,
    marked: Return,
    state: State,
    check: SelfCheck | None = None,
    book: OfficeBook | None = None,
) -> None:
    """Write the marked return of a unit: 核查意见 first, then the ledger with what the unit wrote.

    `check` is the self-check of the state's settings and day, where many returns share one; `book` the office's own
    workbook where it is to be filled in.
    """
    wrote, settings = marked.rows, state.settings
    context = settings.context
    rows = [_row(entry, wrote.get(entry.item.id), settings, context) for entry in marked.entries]
    if book:
        path.write_bytes(_in_place(book, marked, rows, state))
        return
    ledger = Ledger(
        rows=rows,
        settings=settings,
        created=state.created,
        unit=marked.unit,
        code=state.code,
        check=check,
        own=own_headings(state.entries),
    )
    workbook = open_ledger(path, ledger)
    looks = look(workbook)
    first = workbook.add_worksheet(FINDINGS_SHEET)
    sheet = add_ledger(workbook, looks, ledger)
    layout = layout_of(settings.form, ledger.own)
    where = Where(
        LEDGER_SHEET, {row.key: n for n, row in enumerate(rows, FIRST_ROW + 1)}, layout.letters
    )
    by_key = {row.key: row for row in rows}
    _mark_cells(workbook, sheet, marked.findings, by_key, where, layout)
    _write_findings(workbook, first, looks, marked, state.settings, where)
    first.activate()
    workbook.close()


def _row(entry: Entry, said: Row | None, settings: Settings, context: Context) -> LedgerRow:
    """The row as the unit wrote it, the office's columns (and what the unit left blank) as they stand."""
    stands = row_of_entry(entry, settings)
    if said is None:
        return stands
    typed = {
        column.code: _as_written(column.code, said, settings, context)
        for column in COLUMNS
        if column.filled_by is Filler.UNIT and column.code in said.typed
    }
    return replace(stands, cells={**stands.cells, **typed})


def _as_written(code: str, row: Row, settings: Settings, context: Context) -> object:
    """A cell as it was typed; what was read as a date or a number is one, so that it reads the same again."""
    text, column, value = row.typed[code], BY_CODE[code], getattr(row.item, code)
    if code in row.unreadable or value is None:
        return (
            float(text)
            if column.kind in (Kind.MONEY, Kind.COUNT) and _NUMBER.fullmatch(text)
            else text
        )
    if column.kind in (Kind.DATE, Kind.MONEY, Kind.COUNT):
        return value
    if column.kind is Kind.STATUS and read_cell(column, text, context) != value:
        return cell_value(column, value, settings)  # 100% was typed, the cell held 1
    return text


def _mark_cells(
    workbook: Workbook,
    sheet: Worksheet,
    findings: Sequence[Finding],
    rows: Mapping[str, LedgerRow],
    where: Where,
    layout: Layout,
) -> None:
    """Colour every cell that a finding points at by the most severe of them, and note them all on it."""
    fills = {severity: look(workbook, fill) for severity, fill in FILLS.items()}
    for (item_id, code), own in _by_cell(findings, where).items():
        number, col, fill = where.rows[item_id] - 1, layout.index[code], fills[own[0].severity]
        _colour_cell(sheet, (number, col), layout.columns[col], rows[item_id], fill)
        text = _note(own)
        lines = lines_of(text, _NOTE_LINE)
        size = {"width": _NOTE_WIDTH, "height": lines * _NOTE_LINE_HEIGHT + _NOTE_EDGE}
        sheet.write_comment(
            number, col, text, {**size, "font_name": FONT, "font_size": 9, "color": NOTE_PAPER}
        )


def _by_cell(
    findings: Sequence[Finding], where: Where
) -> Mapping[tuple[str, str], Sequence[Finding]]:
    """The findings of each cell, (item, column code), the most severe first."""
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for found in _by_severity(findings):
        if found.id in where.rows:
            by_cell[found.id, where.column_of(found)].append(found)
    return by_cell


def _note(findings: Sequence[Finding]) -> str:
    return "\n".join(
        f"{NOTE_MARK}{found.severity.word}：{found.message}\n改正：{found.fix}"
        for found in findings
    )


def _in_place(book: OfficeBook, marked: Return, rows: Sequence[LedgerRow], state: State) -> bytes:
    """The office's own workbook with what the unit wrote, coloured and noted, 核查意见 before it."""
    first = book.place.place.first
    where = Where(
        book.place.place.sheet, {row.key: n for n, row in enumerate(rows, first)}, book.letters
    )
    marks = []
    for (item_id, code), own in _by_cell(marked.findings, where).items():
        text, col = _note(own), column_number(where.letters[code])
        colour = FILLS[own[0].severity].removeprefix("#")
        row = where.rows[item_id] - first
        marks.append(CellMark(row, col, colour, text, lines_of(text, _NOTE_LINE)))
    leading = LeadingSheet(
        name=FINDINGS_SHEET,
        title=_title(marked, state.settings),
        above=[_HOW[0].replace(LEDGER_SHEET, where.sheet), _HOW_IN_PLACE],
        columns=_COLUMNS,
        lines=[_table_line(line, where) for line in _lines(marked, state.settings, where)],
        link_col=_LINK_COL,
    )
    return book.marked(
        rows, state.settings, unit=marked.unit, code=state.code, as_of=state.as_of, marks=marks, leading=leading
    )  # fmt: skip


def _table_line(line: _Line, where: Where) -> TableLine:
    ground = FILLS[line.severity].removeprefix("#") if line.severity else ""
    return TableLine(line.cells, ground, f"'{where.sheet}'!{line.link}" if line.link else "")


def _title(marked: Return, settings: Settings) -> str:
    return f"{marked.unit}整改台账核查意见{settings.task.mark}"


def _colour_cell(
    sheet: Worksheet, at: tuple[int, int], placed: Placed, row: LedgerRow, fill: Look
) -> None:
    """Write a cell once more, in a colour."""
    if placed.column is None:
        write_cell(sheet, *at, own_cell(placed.form, row.own.get(placed.form.path, "")), fill.text)
        return
    value = in_unit_of(placed, row.cells.get(placed.code))
    write_cell(sheet, *at, value, style_of(placed.column, fill, value))


def _by_severity(findings: Sequence[Finding]) -> list[Finding]:
    order = list(Severity)
    return sorted(findings, key=lambda found: order.index(found.severity))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of 核查意见: the cells by column, and the cell that 位置 leads to ("" for none)."""

    cells: tuple[str, ...]
    link: str = ""
    severity: Severity | None = None


def _lines(marked: Return, settings: Settings, where: Where) -> Iterator[_Line]:
    """Refused files, then findings by severity, then what was not taken and no finding speaks of."""
    for submission in marked.submissions:
        if submission.verdict is Verdict.REJECTED:
            cells = (
                Severity.ERROR.word,
                "",
                "",
                "整份文件",
                submission.file,
                "文件未能采用。",
                submission.reason,
                "",
            )
            yield _Line(cells, severity=Severity.ERROR)
    untaken = {(left.sheet, left.row): left for left in marked.untaken}
    order = {item_id: number for number, item_id in enumerate(where.rows)}
    findings = sorted(marked.findings, key=lambda found: order.get(found.id, len(order)))
    for found in _by_severity(findings):
        left = (
            untaken.pop((found.place.sheet, _row_number(found)), None)
            if found.id not in where.rows
            else None
        )
        yield _line(found, left, settings, where)
    for left in untaken.values():
        place = f"原表“{left.sheet}”" + (f"第{left.row}行" if left.row else "")
        yield _Line(
            (_NOT_TAKEN, "", "", place, left.text, f"{left.reason}，未采用。", _TAKE_OVER, "")
        )


def _row_number(found: Finding) -> int:
    digits = found.place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits else 0


def _line(found: Finding, left: Untaken | None, settings: Settings, where: Where) -> _Line:
    column = BY_CODE.get(found.column)
    at = where.letters[where.column_of(found)]
    link = f"{at}{where.rows[found.id]}" if found.id in where.rows else ""
    inside = "!".join(part for part in (found.place.sheet, found.place.cell) if part)
    place = link or (f"原表{inside}" if inside else "整份文件")
    value = left.text if left and left.text else found.value
    header = settings.form.heading_of(found.column) if found.column else ""
    example = worded(column.example, settings.words.of) if column else ""
    cells = (
        found.severity.word, found.id, header, place, shortened(value, _LONGEST_SHOWN, ""), found.message, found.fix, example,
    )  # fmt: skip
    return _Line(cells, link, found.severity)


def _write_findings(
    workbook: Workbook,
    sheet: Worksheet,
    looks: Look,
    marked: Return,
    settings: Settings,
    where: Where,
) -> None:
    last_col = len(_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last_col, _title(marked, settings), looks.title)
    sheet.set_row(0, 34)
    for row, how in enumerate(_HOW, 1):
        sheet.merge_range(row, 0, row, last_col, how, looks.subtitle)
        sheet.set_row(row, 22)
    for col, (head, width) in enumerate(_COLUMNS):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(_HEAD_ROW, col, head, looks.head)
    sheet.set_row(_HEAD_ROW, 26)
    fills = {severity: filled_centre(workbook, fill) for severity, fill in FILLS.items()}
    row = _HEAD_ROW
    for row, line in enumerate(_lines(marked, settings, where), _HEAD_ROW + 1):
        texts = {}
        for col, text in enumerate(line.cells):
            style = fills[line.severity] if col == 0 and line.severity else looks.text
            write_cell(sheet, row, col, text, style)
            texts[str(col)] = (text, float(_COLUMNS[col][1]))
        if line.link:
            sheet.write_url(
                row, _LINK_COL, f"internal:'{LEDGER_SHEET}'!{line.link}", looks.jump, line.link
            )
        sheet.set_row(row, row_height(texts))
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.autofilter(_HEAD_ROW, 0, max(row, _HEAD_ROW + 1), last_col)
    print_setup(sheet, title=FINDINGS_SHEET, head_row=_HEAD_ROW, paper=9)
