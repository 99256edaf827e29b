"""An HTTP server on the loopback that answers botocore's clients out of a `Cloud`, as AWS would."""

import json
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from botocore import xform_name

from benchmarks.cloud import Answer, Call, Cloud, Request
from tests.simulator.table import Refused

ADDRESS = "127.0.0.1"
SERVICES = {"DynamoDB_20120810": "dynamodb", "AmazonSQS": "sqs", "AmazonSSM": "ssm"}
"""Services by what stands before the operation in the header X-Amz-Target."""
SEND_EMAIL, GET_ACCOUNT = "/v2/email/outbound-emails", "/v2/email/account"
"""The path of SES's one operation here: its API goes by path, SNS's by a form."""
PUBLISHED = "<PublishResponse><PublishResult><MessageId>{MessageId}</MessageId></PublishResult></PublishResponse>"


class Responder(ThreadingHTTPServer):
    """Listens on a free port; each connection has a thread, for the product calls from several."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, cloud: Cloud, delays: Mapping[str, float] | None = None) -> None:
        """`delays`: seconds that a call of a service takes besides."""
        super().__init__((ADDRESS, 0), Connection)
        self.cloud, self.delays = cloud, dict(delays or {})

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}"


class Connection(BaseHTTPRequestHandler):
    """One connection, kept open."""

    protocol_version = "HTTP/1.1"
    # Head and body leave in two writes; without this the second waits for the first one's acknowledgement.
    disable_nagle_algorithm = True
    server: Responder

    def do_POST(self) -> None:
        call, request = self._read(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        time.sleep(self.server.delays.get(call.service, 0.0))
        try:
            answer = self.server.cloud.answer(call, request)
        except Refused as refused:
            self._write(400, json.dumps(_error(refused)))
        else:
            is_xml = call.service == "sns"
            self._write(200, PUBLISHED.format(**answer) if is_xml else json.dumps(answer, default=_base64))

    def do_GET(self) -> None:
        self.do_POST()

    def _read(self, body: bytes) -> tuple[Call, Request]:
        if target := self.headers.get("X-Amz-Target"):
            service, _, operation = target.partition(".")
            call = Call(SERVICES.get(service, service), xform_name(operation))
            return call, json.loads(body, object_hook=_with_bytes)
        if self.path == SEND_EMAIL:
            return Call("sesv2", "send_email"), json.loads(body)
        if self.path == GET_ACCOUNT:
            return Call("sesv2", "get_account"), {}
        form = dict(parse_qsl(body.decode()))
        return Call("sns", xform_name(form.pop("Action", f"{self.command} {self.path}"))), form

    def _write(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Prints nothing: `Cloud` counts the calls, and a line each would drown the figures."""


def _with_bytes(value: dict[str, Any]) -> dict[str, Any]:
    """The value {"B": base64}, as DynamoDB's JSON has binary data, with its bytes; any other value as it is."""
    if value.keys() == {"B"} and isinstance(value["B"], str):
        return {"B": b64decode(value["B"])}
    return value


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _error(refused: Refused) -> Answer:
    reasons = [{"Code": reason} for reason in refused.reasons]
    return {"__type": refused.code, "message": refused.code} | ({"CancellationReasons": reasons} if reasons else {})
