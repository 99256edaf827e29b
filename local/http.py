"""The HTTP server, for this machine alone: the product's routes, /local, and AWS for `shopbell --local`."""

import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from local import origin_check, routes
from local.http_api import MAX_BODY_BYTES, Answer, Request, gateway_error
from local.stack import Stack

ADDRESS = "127.0.0.1"


class TooLarge(Exception):
    """A body that API Gateway would not take."""


class Server(ThreadingHTTPServer):
    """Listens from the start; answers once `stack` is there."""

    daemon_threads = True
    request_queue_size = 128
    stack: Stack

    def __init__(self, port: int) -> None:
        super().__init__((ADDRESS, port), Connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints the traceback, except where a client closed its connection early: that is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def base_url(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}"


class Connection(BaseHTTPRequestHandler):
    """One connection; any method and any bytes get an answer."""

    protocol_version = "HTTP/1.1"
    server_version = "shopbell-local"
    sys_version = ""
    # An answer is written in two parts; without this the second waits for the first one's acknowledgement.
    disable_nagle_algorithm = True
    timeout = 600
    server: Server

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        try:
            request = self._request()
            self._write(origin_check.refusal(request.headers) or self._answer_to(request))
        except TooLarge:
            self.close_connection = True
            self._write(gateway_error(413, "Request Entity Too Large"))
        except ValueError:
            self.close_connection = True
            self._write(gateway_error(400, "Bad Request"))

    def _request(self) -> Request:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            lower = name.lower()
            headers[lower] = f"{headers[lower]},{value}" if lower in headers else value
        target = self.path
        if not target.startswith("/"):  # a client that takes us for a proxy sends the whole URL
            target = "/" + target.partition("://")[2].partition("/")[2]
        return Request(self.command, target, headers, self._body())

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()):
            raise ValueError(length)
        if int(length) > MAX_BODY_BYTES:
            raise TooLarge
        return self.rfile.read(int(length))

    def _chunks(self) -> bytes:
        """A body in chunks (RFC 9112, section 7.1): each has its size in hexadecimal before it, the last is 0."""
        body = bytearray()
        while size := int(self.rfile.readline(1024).split(b";")[0], 16):
            if size < 0 or len(body) + size > MAX_BODY_BYTES:
                raise TooLarge
            body += self.rfile.read(size)
            self.rfile.readline(1024)
        while self.rfile.readline(65536).strip():
            continue  # trailer fields, which nobody here needs
        return bytes(body)

    def _answer_to(self, request: Request) -> Answer:
        stack = self.server.stack
        try:
            own = self._of_aws(request) or routes.answer(stack, request)
        except Exception:  # noqa: BLE001  # is printed, and answered as Lambda answers
            traceback.print_exc()
            return gateway_error(500, "Internal Server Error")
        return own if own is not None else stack.answer(request)

    def _of_aws(self, request: Request) -> Answer | None:
        if request.method == "POST" and request.path == "/" and "x-amz-target" in request.headers:
            return self.server.stack.aws(request.headers, request.body)
        return None

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("content-length", "connection", "date", "server"):
                self.send_header(name, value)
        for cookie in answer.cookies:
            self.send_header("Set-Cookie", cookie)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_error(self, format: str, *args: Any) -> None:
        """Prints nothing for a connection left open too long or bytes that are no HTTP: they were answered."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002  # as http.server calls it
        print(f"local: {self.command} {self.path!r} {code}", file=sys.stderr)
