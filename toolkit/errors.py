"""What stops us: one small tree of exceptions, each with a Chinese sentence (where, what, how to fix).

    ToolkitError            any failure that a person can act on
    ├── UsageError          wrong command line or wrong folder          exit 2
    │   └── SettingsError   faults in 设置.xlsx, all of them at once     exit 2
    └── (rooms)             each room adds its own, e.g. UnreadableFile exit 3

What a department wrote badly is never an exception: it is a Finding (see `toolkit.ledger.finding`).
"""

from __future__ import annotations

import errno
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller (design §7)."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    FAILED = 3


class ToolkitError(Exception):
    """A failure that a person can act on; its text is a Chinese sentence for that person."""

    exit_code = ExitCode.FAILED


class UsageError(ToolkitError):
    """The command was called in a way, or in a place, that cannot work."""

    exit_code = ExitCode.USAGE


class SettingsError(UsageError):
    """设置.xlsx holds values that cannot be used; every fault is named, with sheet and cell."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(
            "设置有误，请改正后重新运行：\n"
            + "\n".join(f"  {n}. {fault}" for n, fault in enumerate(faults, 1))
        )


# What the system says in English, by number, in the words of the person who must act on it.
_OF_THE_MACHINE = {
    errno.ENOSPC: "磁盘已满，请腾出空间后重新运行",
    errno.EDQUOT: "磁盘配额已满，请腾出空间后重新运行",
    errno.EFBIG: "文件太大，写不下",
    errno.EACCES: "没有权限，或文件正被Excel、WPS打开；请关闭文件、检查文件夹权限后重新运行",
    errno.EPERM: "没有权限，或文件正被Excel、WPS打开；请关闭文件、检查文件夹权限后重新运行",
    errno.EROFS: "磁盘是只读的，不能写入",
    errno.EXDEV: "两个文件夹不在同一个磁盘上；请把它们放在同一个磁盘的同一个工作区里",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENAMETOOLONG: "文件名太长，请改短后重新运行",
    errno.ENOLCK: "这个文件夹不支持锁定（多见于网络共享）；请把工作区放到本机磁盘上运行",
    errno.EOPNOTSUPP: "这个文件夹不支持需要的操作（多见于网络共享）；请把工作区放到本机磁盘上运行",
    errno.ENOSYS: "这个文件夹不支持需要的操作（多见于网络共享）；请把工作区放到本机磁盘上运行",
    errno.ESTALE: "与网络共享的连接已失效；请重新连接共享文件夹，再运行",
    errno.ENOTCONN: "与网络共享的连接已断开；请重新连接共享文件夹，再运行",
    errno.EHOSTDOWN: "存放共享文件夹的电脑没有响应；请确认它已开机、网络通畅，再运行",
    errno.EHOSTUNREACH: "存放共享文件夹的电脑连接不上；请检查网络，再运行",
    errno.ETIMEDOUT: "网络共享没有响应；请检查网络，再运行",
    errno.EBUSY: "文件或文件夹正被别的程序使用；请关闭后重新运行",
    errno.ETXTBSY: "文件正被别的程序使用；请关闭后重新运行",
    errno.ELOOP: "文件夹的链接首尾相接，无法进入",
    errno.EMFILE: "打开的文件太多；请关闭一些程序后重新运行",
    errno.ENFILE: "打开的文件太多；请关闭一些程序后重新运行",
    errno.EIO: "磁盘读写出错，请检查磁盘或网络连接",
}


def of_the_machine(trouble: OSError) -> str:
    """A failure of the disk, of rights or of a path as a Chinese sentence, with the file where it is known."""
    why = _OF_THE_MACHINE.get(trouble.errno or 0, trouble.strerror or str(trouble))
    where = trouble.filename2 or trouble.filename  # of a move, where it should have gone
    return f"{why}（{where}）。" if where else f"{why}。"
