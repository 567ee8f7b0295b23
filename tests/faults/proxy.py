"""Stands between the program and PostgreSQL, and cuts the connection just before or just after a commit."""

import selectors
import socket
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""What the client sends to commit."""
COMMITTED = b"C\x00\x00\x00\x0bCOMMIT\x00"
"""What the server answers when it has committed."""
MOST = 65_536
SOCKET = ".s.PGSQL.5432"


@dataclass
class Proxy:
    """``cut`` says what the next commit comes to: `before` it reaches the server, or `after` it has."""

    server: Path
    folder: Path
    cut: str = ""
    threads: list[threading.Thread] = field(default_factory=list)

    def serve(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._carry, args=(client,))
            self.threads.append(thread)
            thread.start()

    def _carry(self, client):
        with closing(client), _connected(self.server) as server, selectors.DefaultSelector() as ready:
            ready.register(client, selectors.EVENT_READ, (server, "before", COMMIT))
            ready.register(server, selectors.EVENT_READ, (client, "after", COMMITTED))
            while True:
                for key, _ in ready.select():
                    other, moment, sign = key.data
                    data = key.fileobj.recv(MOST)
                    if self.cut == moment and sign in data:
                        self.cut = ""
                        return
                    if not data:
                        return
                    other.sendall(data)


@contextmanager
def _connected(folder):
    with closing(socket.socket(socket.AF_UNIX)) as server:
        server.connect(str(folder / SOCKET))
        yield server


@contextmanager
def proxy_before(server):
    """A proxy in front of a server; connect with its ``folder`` as the host."""
    folder = server.home / "proxy"
    folder.mkdir()
    proxy = Proxy(server.home, folder)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / SOCKET))
    listener.listen()
    serving = threading.Thread(target=proxy.serve, args=(listener,))
    serving.start()
    try:
        yield proxy
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        serving.join()
        for thread in proxy.threads:
            thread.join()
        (folder / SOCKET).unlink()
        folder.rmdir()
