"""The command line as a person meets it: Chinese throughout, one sentence a fault, exit codes of design §7."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit.run.templates
from tests.support.command import zhenggai
from tests.support.made import Made
from toolkit.cli import app
from toolkit.cli_chinese import chinese_fault, chinese_help
from toolkit.errors import of_the_machine

ROOT = Path(__file__).resolve().parents[1]


def in_a_process(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "toolkit", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env=environment,
    )


def english_words(text: str) -> set[str]:
    """Words of a sentence in Latin letters, but for names of commands, options, folders and files."""
    known = {
        "zhenggai", "python", "toolkit", "inbox", "outbox", "json", "xlsx", "docx", "serve", "version", "debug", "help",
        "workspace", "as", "of", "open", *(command.callback.__name__ for command in app.registered_commands),
    }  # fmt: skip
    return {word for word in re.findall(r"[A-Za-z]{2,}", text) if word.lower() not in known}


def test_without_a_command_the_help_is_shown() -> None:
    done = in_a_process()
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith("用法：")


@pytest.mark.parametrize(
    "command", ["", *(command.callback.__name__ for command in app.registered_commands)]
)
def test_help_is_chinese_throughout(command: str) -> None:
    done = zhenggai(*filter(None, [command]), "--help")
    assert (done.code, done.err) == (0, "")
    assert "用法：" in done.out
    assert "显示本帮助" in done.out
    assert english_words(done.out) <= {
        "ID", "GB", "by", "date", "no", "render", "csv", "parquet", "to",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "缺少参数“文件…”。"),
        (("why",), "缺少参数“问题编号”。"),
        (("run", "--nope"), "没有选项“--nope”。"),
        (("run", "--workspac", "x"), "没有选项“--workspac”。"),
        (("run", "-w"), "选项“-w”后面要写值。"),
        (("run", "--json=1"), "选项“--json”后面不写值。"),
        (("run", "-w", ".", "多写的"), "多写了“多写的”。"),
        (("statu",), "没有命令“statu”，是不是“status”？"),
        (("别的",), "没有命令“别的”。"),
        (("run", "-w", ".", "--as-of", "2026-02-30"), "应写成年-月-日"),
        (("run", "-w", "没有的文件夹"), "不是工作区"),
    ],
)
def test_a_wrong_call_is_one_chinese_sentence_and_exit_code_2(
    arguments: tuple[str, ...], said: str
) -> None:
    done = zhenggai(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Usage: zhenggai [OPTIONS] COMMAND [ARGS]...", "用法：zhenggai [选项] 命令 [参数]…"),
        ("Usage: zhenggai [OPTIONS] [COMMAND] [ARGS]...", "用法：zhenggai [选项] 命令 [参数]…"),
        (
            "  -w 文件夹  工作区  \\[default: (当前文件夹)]",
            "  -w 文件夹  工作区  （默认：当前文件夹）",
        ),
        ("  -w 文件夹  工作区  [default: 当前文件夹]", "  -w 文件夹  工作区  （默认：当前文件夹）"),
        ("  文件…  台账  [required]", "  文件…  台账（必填）"),
        ("  -h, --help  Show this message and exit.", "  -h, --help  显示本帮助"),
    ],
)
def test_the_words_of_every_version_of_the_library(theirs: str, ours: str) -> None:
    """typer 0.20 to 0.29 word their help differently."""
    assert chinese_help(theirs) == ours


def test_a_suggestion_that_the_library_makes_twice_is_made_once() -> None:
    class Twice(Exception):
        def format_message(self) -> str:
            return "No such command 'statu'. Did you mean 'status'? Did you mean 'status'?"

    assert chinese_fault(Twice()) == "没有命令“statu”，是不是“status”？"


def test_an_unknown_sentence_of_the_library_is_passed_on() -> None:
    class Strange(Exception):
        def format_message(self) -> str:
            return "Something new."

    assert chinese_fault(Strange()) == "Something new."


@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "x", "甲.xlsx"), RuntimeError("漏洞")])
def test_a_failure_that_nobody_foresaw_claims_nothing_about_what_was_changed(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fail(*_given: object) -> None:
        raise trouble

    monkeypatch.setattr(toolkit.run.templates, "create_workspace", fail)
    done = zhenggai("init", "区")
    assert (done.code, done.out) == (3, "")
    assert "没有更改" not in done.err
    assert "zhenggai doctor" in done.err
    assert done.err.count("\n") == 1


def test_debug_shows_where_it_happened_and_keeps_the_exit_code() -> None:
    done = in_a_process("run", "--debug", "-w", "没有的文件夹")
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("“没有的文件夹”不是工作区")


def test_a_failure_of_the_machine_is_said_in_chinese() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "outbox/汇总台账.xlsx")
    assert of_the_machine(full) == "磁盘已满，请腾出空间后重新运行（outbox/汇总台账.xlsx）。"
    assert of_the_machine(OSError("别的")) == "别的。"


def test_a_run_into_a_pipe_shows_no_progress_bar(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    done = in_a_process("run", "-w", place.root, "--as-of", "2026-06-19")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


def test_json_is_utf8_on_a_console_of_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("问题编号,分项问题,整改状态\n1-1,乱写的😀,差不多\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk"}
    command = [sys.executable, "-m", "toolkit", "check", str(path), "--json"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert json.loads(done.stdout.decode("utf-8"))["findings"]


@pytest.mark.parametrize("command", ["run", "status", "dispatch"])
def test_settings_that_cannot_be_opened_are_named(tmp_path: Path, command: str) -> None:
    assert zhenggai("init", tmp_path / "区").code == 0
    (tmp_path / "区" / "templates" / "设置.xlsx").write_bytes(b"garbage")
    done = zhenggai(command, "-w", tmp_path / "区")
    assert done.code == 2
    assert "“设置.xlsx”打不开" in done.err
