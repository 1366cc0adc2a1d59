"""The window itself: widgets and what their buttons do. What is done stands in `work`."""

from __future__ import annotations

import tkinter as tk
from functools import partial
from pathlib import Path
from tkinter import filedialog, font, messagebox, ttk
from typing import TYPE_CHECKING

from toolkit.desk import memory, work
from toolkit.desk.icon import png
from toolkit.desktop import open_folder
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from toolkit.run.consolidate import Progress
    from toolkit.workspace import Workspace

TITLE = "整改台账工具箱"
SAMPLE = "整改台账样例"
_NONE_CHOSEN = """先选一个文件夹作工作区：点“选择…”。新的空文件夹、桌面上的文件夹都可以。

想先看看样子：点“看样例”，会用虚构的样例连跑三周，做出通报、汇总台账和督办函。
"""
_POLL_MILLISECONDS = 100
_LINES, _COLUMNS = 18, 84
# Chinese faces that desktops have, the better ones first; Tk's own choice on Linux has none.
_FACES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans CN", "WenQuanYi Micro Hei", "Noto Serif CJK SC")  # fmt: skip


class Window:
    """The small window; `now` is the clock, `settings` where the chosen workspaces are remembered."""

    def __init__(self, root: tk.Tk, now: Callable[[], datetime], settings: Path) -> None:
        self.root, self._now, self._settings = root, now, settings
        self.workspace: Workspace | None = None
        self.worker = work.Worker()
        self.path = tk.StringVar(value="（还没有选择工作区）")
        self.status = tk.StringVar()
        root.title(TITLE)
        root.iconphoto(True, tk.PhotoImage(data=png(_ICON_SIDE)))  # noqa: FBT003 - as Tk has it
        _dress(root)
        self.buttons = self._lay_out()
        self._show_nothing()

    def _lay_out(self) -> dict[str, ttk.Button]:
        """All widgets, top to bottom; the buttons by their words."""
        frame = ttk.Frame(self.root, padding=12)
        frame.grid(sticky="nsew")
        self.root.columnconfigure(0, weight=1)
        self.root.rowconfigure(0, weight=1)
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(3, weight=1)
        buttons = self._lay_out_choice(frame) | self._lay_out_actions(frame)
        self.bar = ttk.Progressbar(frame, mode="determinate")
        self.bar.grid(row=2, column=0, sticky="ew", pady=(8, 0))
        self.report = tk.Text(
            frame, height=_LINES, width=_COLUMNS, wrap="word", state="disabled",
            font="TkDefaultFont", relief="flat", padx=8, pady=8, spacing3=4,
        )  # fmt: skip
        scroll = ttk.Scrollbar(frame, command=self.report.yview)
        self.report.configure(yscrollcommand=scroll.set)
        self.report.grid(row=3, column=0, sticky="nsew", pady=(8, 0))
        scroll.grid(row=3, column=1, sticky="ns", pady=(8, 0))
        ttk.Label(frame, textvariable=self.status).grid(row=4, column=0, sticky="w", pady=(8, 0))
        return buttons

    def _lay_out_choice(self, frame: ttk.Frame) -> dict[str, ttk.Button]:
        row = ttk.Frame(frame)
        row.grid(row=0, column=0, sticky="ew")
        row.columnconfigure(1, weight=1)
        ttk.Label(row, text="工作区：").grid(row=0, column=0)
        ttk.Entry(row, textvariable=self.path, state="readonly").grid(row=0, column=1, sticky="ew")
        return _buttons(row, 2, {"选择…": self.choose, "看样例": self.make_sample})

    def _lay_out_actions(self, frame: ttk.Frame) -> dict[str, ttk.Button]:
        row = ttk.Frame(frame)
        row.grid(row=1, column=0, sticky="w", pady=(10, 0))
        return _buttons(
            row,
            0,
            {
                "立即汇总": self.run,
                "打开收件": lambda: self._open("inbox"),
                "打开成果": self.open_results,
                "打开设置": lambda: self._open("templates"),
            },
        )

    def choose(self) -> None:
        """Ask for a folder and take it as the workspace."""
        chosen = filedialog.askdirectory(parent=self.root, title="选择工作区文件夹")
        if chosen:
            self.take(Path(chosen))

    def take(self, folder: Path) -> None:
        """Make a folder the workspace; ask first where it is none yet."""
        kind = work.kind_of(folder)
        if kind is work.Kind.SOURCE:
            self._complain(f"“{folder}”是工具箱自己的源代码，请另选一个文件夹。")
            return
        question = (
            f"“{folder}”还不是工作区。要在这个文件夹里新建工作区吗？\n里面已有的文件不会改动。"
        )
        if kind is work.Kind.OTHER and not messagebox.askyesno(TITLE, question, parent=self.root):
            return
        make = work.open_workspace if kind is work.Kind.WORKSPACE else work.make_workspace
        try:
            self.workspace = make(folder)
        except (ToolkitError, OSError) as trouble:
            self._complain(work.sentence_of(trouble))
            return
        memory.remember(self._settings, self.workspace.root)
        self.refresh()

    def take_last(self) -> None:
        """The workspace of last time, if it is still there; nothing is asked."""
        known = memory.recall(self._settings)
        if known and work.kind_of(known[0]) is work.Kind.WORKSPACE:
            self.take(known[0])

    def refresh(self) -> None:
        """Show the workspace as it is now."""
        if self.workspace is None:
            self._show_nothing()
            return
        view = work.look(self.workspace)
        self.path.set(str(self.workspace.root))
        self.status.set(view.waiting_line)
        self._write(view.text)
        self._enable()

    def run(self) -> None:
        """Run a round of this workspace, beside the window."""
        if self.workspace is not None:
            self._start(partial(work.run_round_now, self.workspace, self._now()))

    def make_sample(self) -> None:
        """Make the sample where the person wants it, and show it as the workspace."""
        chosen = filedialog.askdirectory(parent=self.root, title="样例放在哪个文件夹里")
        if chosen:
            self._start(partial(work.make_sample, Path(chosen), SAMPLE, self._now()))

    def open_results(self) -> None:
        """Show the newest period's folder, or the outbox before there is one."""
        if self.workspace is not None:
            self._show(work.newest_period(self.workspace) or self.workspace.outbox)

    def _open(self, name: str) -> None:
        if self.workspace is not None:
            self._show(self.workspace.root / name)

    def _show(self, folder: Path) -> None:
        if not open_folder(folder):
            self.status.set(f"请打开这个文件夹：{folder}")

    def _start(self, job: Callable[[Progress], work.Finished]) -> None:
        if self.worker.is_busy:
            return
        self.status.set("正在准备……")
        self.worker.start(job)
        self._enable()
        self.root.after(_POLL_MILLISECONDS, self._poll)

    def _poll(self) -> None:
        """Take what the worker has told; once more after a while, until it is done."""
        while not self.worker.events.empty():
            event = self.worker.events.get()
            match event:
                case work.Step(what, done, total):
                    self.status.set(f"{what}……")
                    self.bar.configure(maximum=max(total, 1), value=done)
                case work.Finished(folder, sentence):
                    self._finish(folder, sentence)
                    return
                case work.Failed(sentence):
                    self._stop()
                    self._complain(sentence)
                    return
        self.root.after(_POLL_MILLISECONDS, self._poll)

    def _finish(self, folder: Path, sentence: str) -> None:
        """A round is done: its report, its folder, and what is to be said of it."""
        self._stop()
        self.take(folder.parents[1])
        self.status.set(sentence or f"已完成，成果在：{folder}")
        self._show(folder)

    def _stop(self) -> None:
        self.bar.configure(value=0)
        self.worker.wait()
        self.refresh()

    def _complain(self, sentence: str) -> None:
        self.status.set("没有完成。")
        messagebox.showerror(TITLE, sentence, parent=self.root)

    def _show_nothing(self) -> None:
        self._write(_NONE_CHOSEN)
        self._enable()

    def _enable(self) -> None:
        """Buttons that make sense now."""
        busy = self.worker.is_busy
        for words, button in self.buttons.items():
            works = not busy and (self.workspace is not None or words in ("选择…", "看样例"))
            button.state(["!disabled" if works else "disabled"])

    def _write(self, text: str) -> None:
        self.report.configure(state="normal")
        self.report.delete("1.0", "end")
        self.report.insert("1.0", text)
        self.report.configure(state="disabled")


def _buttons(
    row: ttk.Frame, first: int, actions: dict[str, Callable[[], None]]
) -> dict[str, ttk.Button]:
    """A row of buttons from a column on."""
    made = {words: ttk.Button(row, text=words, command=action) for words, action in actions.items()}
    for column, button in enumerate(made.values(), first):
        button.grid(row=0, column=column, padx=(0 if column == 0 else 6, 0))
    return made


# Bars and lists of windows show it between 16 and 64 pixels.
_ICON_SIDE = 64


def _dress(root: tk.Tk) -> None:
    """A theme and a face that show Chinese well; Tk's own on Linux are of another age."""
    if root.tk.call("tk", "windowingsystem") == "x11":
        ttk.Style(root).theme_use("clam")
    installed = set(font.families(root))
    face = next((face for face in _FACES if face in installed), None)
    for name in ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont"):
        if face:
            font.nametofont(name, root).configure(family=face, size=10)


def open_window(now: Callable[[], datetime], workspace: Path | None) -> None:
    """Open the window and stay until it is closed; raises ToolkitError where there is no screen."""
    try:
        root = tk.Tk()
    except tk.TclError as trouble:
        raise NoScreen(
            "打不开窗口：没有图形桌面，或桌面没有字体。请在图形桌面上打开，或改用命令 zhenggai run。"
        ) from trouble
    window = Window(root, now, memory.default())
    if workspace is None:
        window.take_last()
    else:
        window.take(workspace)
    root.mainloop()


class NoScreen(ToolkitError):
    """There is nowhere to open a window."""
