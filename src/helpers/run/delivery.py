"""Where a run's files go: a folder on disk or object storage. Each file is there whole or not at all.

Only one batch at a time writes into a folder. Which files, and when, is left to batch.py.
"""

import errno
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ASIDE = ".sementara"  # suffix of a file that is being written


class BusyError(RuntimeError):
    """Another batch is writing into the same folder."""


class TargetError(RuntimeError):
    """The target can't be used at all; the message says why, in Indonesian."""


def refusal(error: OSError) -> str:
    """What a disk refused and why, as one Indonesian sentence."""
    why = {
        errno.EACCES: "izin ditolak",
        errno.EPERM: "izin ditolak",
        errno.ENOSPC: "disk penuh",
        errno.EDQUOT: "kuota disk habis",
        errno.EROFS: "disk hanya dapat dibaca",
        errno.EISDIR: "di tempatnya ada folder",
        errno.ENOTDIR: "di tempat foldernya ada berkas",
        errno.EIO: f"penyimpanan tidak menjawab atau menolak ({error.strerror})",
        errno.EMFILE: "terlalu banyak berkas terbuka",
    }.get(error.errno or 0, f"sistem berkas menolak (galat {error.errno or type(error).__name__})")
    return f"Tidak dapat membaca atau menulis {error.filename or 'berkas laporan'}: {why}."


class Folder:
    """A folder of a run on disk. Names are relative paths with "/"."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file or none: beside its place first, then renamed over it. OSError that names the file."""
        target = self.path / name
        aside = target.with_name(f".{target.name}{ASIDE}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
            aside.replace(target)
        except OSError as error:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise OSError(error.errno, error.strerror, name) from error

    def append(self, name: str, line: bytes) -> None:
        """Add a line to a file in one write; a line that a crash cut short is not continued."""
        with (self.path / name).open("ab+") as file:
            if file.tell():
                file.seek(-1, 2)
                if file.read(1) != b"\n":
                    line = b"\n" + line
            file.write(line)

    def read(self, name: str) -> bytes | None:
        """Content of a file, None if there is none."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        return (self.path / name).is_file()

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens if there is none, or if the disk refuses."""
        with suppress(OSError):
            (self.path / name).unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One batch at a time, on this machine; then what a killed one left half-written is removed. BusyError."""
        self.path.mkdir(parents=True, exist_ok=True)
        with _locked(self.path.with_name(f".{self.path.name}.kunci"), str(self)):
            for rest in self.path.rglob(f".*{ASIDE}"):
                rest.unlink(missing_ok=True)
            yield


class RemoteFolder(Folder):
    """A folder on object storage, through fsspec (s3://, gs://, abfs://, memory://). An object is put whole or not."""

    def __init__(self, url: str) -> None:
        """TargetError if the URL's kind is unknown or its package is not installed."""
        try:
            from fsspec.core import url_to_fs

            self.files, root = url_to_fs(url)
        except ImportError:
            raise TargetError(f"Tujuan {url} tidak dapat dipakai: pasang `pantau-sp-online[gugus]`.") from None
        except ValueError:
            raise TargetError(
                f"Tujuan {url} tidak dapat dipakai: jenis alamat tidak dikenal; contoh s3://wadah."
            ) from None
        self.root = root.rstrip("/")
        self.url = url.rstrip("/")

    def __str__(self) -> str:
        return self.url

    def write(self, name: str, content: bytes) -> None:
        """Put an object."""
        with _reaching(f"{self.url}/{name}"):
            self.files.pipe_file(f"{self.root}/{name}", content)

    def append(self, name: str, line: bytes) -> None:
        """Objects can't grow: read, add, put again. A run has some dozens of lines."""
        self.write(name, (self.read(name) or b"") + line)

    def read(self, name: str) -> bytes | None:
        """Content of an object, None if there is none."""
        with suppress(FileNotFoundError), _reaching(f"{self.url}/{name}"):
            content: bytes = self.files.cat_file(f"{self.root}/{name}")
            return content
        return None

    def has(self, name: str) -> bool:
        """Whether an object is there."""
        with _reaching(f"{self.url}/{name}"):
            self.files.invalidate_cache()
            return bool(self.files.exists(f"{self.root}/{name}"))

    def remove(self, name: str) -> None:
        """Remove an object if it is there."""
        with suppress(OSError), _reaching(self.url):
            self.files.rm_file(f"{self.root}/{name}")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One batch at a time on this machine. Object storage has no lock: two machines must not share a target."""
        mark = f"{os.getuid()}-{hashlib.sha256(self.url.encode()).hexdigest()[:16]}"
        with _locked(Path(tempfile.gettempdir()) / f"pantau-{mark}.kunci", str(self)):
            yield


def folder_at(base: str | Path, *parts: str) -> Folder:
    """A run's folder below a path or URL. TargetError for a URL that can't be used."""
    if "://" in str(base):
        return RemoteFolder("/".join([str(base).rstrip("/"), *parts]))
    return Folder(Path(base).joinpath(*parts))


@contextmanager
def _reaching(url: str) -> Iterator[None]:
    """What object storage refuses is an OSError, whatever its library calls it."""
    try:
        yield
    except OSError as error:
        raise type(error)(error.errno or errno.EIO, error.strerror or str(error), url) from error
    except Exception as error:
        raise OSError(errno.EIO, str(error), url) from error


@contextmanager
def _locked(path: Path, where: str) -> Iterator[None]:
    # Never through a link that somebody else has put there, and nothing is cut off.
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"Laporan lain sedang disusun di {where}; tunggu sampai selesai, lalu ulangi.") from None
        yield
    finally:
        os.close(lock)
