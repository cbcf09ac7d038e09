"""`python -m undertow.demo`: compiles the kernels by a small part of the demonstration; the first run is quick then."""

import tempfile
from pathlib import Path

from undertow.demo import FILES, demonstrate

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        list(demonstrate(Path(folder) / "demo", files=FILES[-1:]))
