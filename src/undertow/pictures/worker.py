"""Opens pictures of strangers in a process of their own: what breaks the decoder costs one picture, and not the run.

A picture decoder is a million lines of C that reads what anybody may have written. The other process may use so much
memory and time and no more, writes no file, and is started anew after it died or was killed.
"""

import base64
import json
import os
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from undertow.pictures.hashing import PIXELS, PictureError, PictureHash
from undertow.pictures.video import HEAD, container

if TYPE_CHECKING:
    from undertow.pictures.viewing import Pixels

SECONDS = 20.0  # a PNG of 196 million pixels took 4 s of a busy core
FILM = 600.0  # of a video: 20 seconds of 1,920 x 1,080 took 4 s of a core, so a quarter of an hour takes 180 s
MEMORY = 1_600_000_000  # bytes above what the libraries take: 200 million pixels of three colours, and room to work

_LENGTH = struct.Struct(">Q")
_AT = struct.Struct(">d")
_HASH, _GREY, _COLOUR = b"h", b"g", b"c"  # what is asked of a picture


@dataclass(slots=True)
class Hasher:
    """Use it in `with`; `hash` may be asked for any number of pictures, by one thread at a time.

    `seconds` by the clock (of a video `film`) and `memory` in bytes are for each; `pixels` is what a header may say.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    pixels: int = PIXELS
    film: float = FILM
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _line: socket.socket | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def hash(self, data: bytes) -> PictureHash:
        """As `undertow.pictures.hashing.hash_picture`; also raises `PictureError` where a limit was met or it crashed.

        Another's fault counts as the picture's: a process that somebody killed is a reject, to be collected again.
        """
        return PictureHash.of(self._ask(_HASH, data))

    def view(self, data: bytes, *, colour: bool = False, seconds: float = 0.0) -> "Pixels":
        """The first frame, of a video the one at so many seconds, small; raises `PictureError` as `hash` does."""
        import numpy as np

        said = self._ask(_COLOUR if colour else _GREY, data, seconds)
        return np.frombuffer(base64.b64decode(said["pixels"]), np.uint8).reshape(said["shape"])

    def _ask(self, verb: bytes, data: bytes, at: float = 0.0) -> dict[str, Any]:
        line = self._started()
        limit = self.film if container(data[:HEAD]) else self.seconds
        until = monotonic() + limit
        try:
            said: dict[str, Any] = json.loads(_asked(line, verb + _AT.pack(at) + data, until))
        except TimeoutError as error:
            self._kill()
            raise PictureError(f"refused: the picture takes more than {limit:g} seconds") from error
        except (OSError, EOFError) as error:
            code = self._kill()
            raise PictureError(
                "refused: the picture breaks the decoder", hint=f"its process ended with {code}"
            ) from error
        if "error" in said:
            raise PictureError(said["error"], hint=said["hint"])
        return said

    def close(self) -> None:
        """Ends the other process; `hash` would start it anew."""
        self._kill()

    def _started(self) -> socket.socket:
        if self._line is not None and self.process is not None and self.process.poll() is None:
            return self._line
        self._kill()
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "undertow.pictures.worker"]
        command += [str(number) for number in (theirs.fileno(), self.memory, self.pixels)]
        none = subprocess.DEVNULL
        one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": _path()}
        self.process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env=one_thread,
            stdin=none,
            stdout=none,
            stderr=none,
            start_new_session=True,  # Ctrl-C would cost the picture at work; it ends with the line to us
        )
        theirs.close()
        ours.settimeout(60)
        if ours.recv(1) != b"+":
            ours.close()
            raise PictureError("the process that hashes pictures does not start", hint="undertow doctor says more")
        self._line = ours
        return ours

    def _kill(self) -> int | None:
        if self._line is not None:
            self._line.close()
        code = None
        if self.process is not None:
            code = self.process.poll()
            self.process.kill()
            ended = self.process.wait()
            code = ended if code is None else code
        self._line = self.process = None
        return code


def _path() -> str:
    return os.pathsep.join(filter(None, sys.path))


def _asked(line: socket.socket, data: bytes, until: float) -> bytes:
    line.settimeout(max(0.001, until - monotonic()))
    line.sendall(_LENGTH.pack(len(data)) + data)
    (size,) = _LENGTH.unpack(_read(line, _LENGTH.size, until))
    return _read(line, size, until)


def _read(line: socket.socket, size: int, until: float | None = None) -> bytes:
    """Exactly so many bytes; raises `EOFError` where the other end is gone, `TimeoutError` where it is late."""
    held = bytearray()
    while len(held) < size:
        if until is not None:
            line.settimeout(max(0.001, until - monotonic()))
        some = line.recv(min(1 << 20, size - len(held)))
        if not some:
            raise EOFError
        held += some
    return bytes(held)


def serve(line: socket.socket, memory: int, pixels: int) -> None:
    """The other process: answers until the line is closed."""
    _warm()
    _limit(memory)
    line.sendall(b"+")
    while True:
        try:
            (size,) = _LENGTH.unpack(_read(line, _LENGTH.size))
            data = _read(line, size)
        except EOFError:
            return
        try:
            (at,) = _AT.unpack(data[1 : 1 + _AT.size])
            said = _done(data[:1], at, data[1 + _AT.size :], pixels)
        except PictureError as error:
            said = {"error": str(error), "hint": getattr(error, "hint", "")}
        answer = json.dumps(said).encode()
        line.sendall(_LENGTH.pack(len(answer)) + answer)


def _done(verb: bytes, at: float, data: bytes, pixels: int) -> dict[str, Any]:
    """What was asked, as JSON holds it."""
    from undertow.pictures.decoding import seen
    from undertow.pictures.hashing import hash_picture

    if verb == _HASH:
        return hash_picture(data, pixels).plain()
    shown = seen(data, pixels, colour=verb == _COLOUR, seconds=at)
    return {"shape": shown.shape, "pixels": base64.b64encode(shown.tobytes()).decode("ascii")}


def _warm() -> None:
    """Loads what is loaded once: libraries, and every decoder."""
    import numpy as np
    from PIL import Image

    from undertow.pictures.hashing import face_of

    Image.init()
    with suppress(ImportError):  # the extra for videos
        import av  # noqa: F401
    face_of("whole", np.arange(64 * 64, dtype=np.uint8).reshape(64, 64))


def _limit(memory: int) -> None:
    """No more memory than is held now and `memory`; no file, and no picture in a core dump."""
    import resource
    from pathlib import Path

    held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    number, most_memory, most_pixels = (int(said) for said in sys.argv[1:])
    serve(socket.socket(fileno=number), most_memory, most_pixels)
