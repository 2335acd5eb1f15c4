"""Translating machines of the two kinds, served for real on 127.0.0.1."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[str, dict[str, Any]], tuple[int, dict[str, str], bytes]]


class Machine:
    """A server whose `answer(path, question)` a test sets; `asked` keeps every question."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.answer: Answer = shouting
        self.delay = 0.0
        machine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                question = json.loads(self.rfile.read(length))
                machine.asked.append((self.path, question, dict(self.headers)))
                time.sleep(machine.delay)
                status, headers, body = machine.answer(self.path, question)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def shout(text: str) -> str:
    """Capital letters outside of tags: the one translation that everyone can check."""
    parts = text.replace("<", "\0<").replace(">", ">\0").split("\0")
    return "".join(part if part.startswith("<") else part.upper() for part in parts)


def shouting(path: str, question: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """What both kinds answer when all is well."""
    if path.endswith("/translate"):
        return as_json({"translatedText": [shout(text) for text in question["q"]]})
    passages = json.loads(question["messages"][1]["content"])
    return as_chat({number: shout(text) for number, text in passages.items()})


def as_json(answer: Any, status: int = 200, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return status, headers, json.dumps(answer).encode()


def as_chat(passages: Any) -> tuple[int, dict[str, str], bytes]:
    content = passages if isinstance(passages, str) else json.dumps(passages)
    return as_json({"choices": [{"message": {"role": "assistant", "content": content}}]})
