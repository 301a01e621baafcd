"""A real Firefox, spoken to by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/)."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.site.support import until

PREFERENCES = ["datareporting.policy.dataSubmissionEnabled", "browser.safebrowsing.malware.enabled"]
HEARD = ["log.entryAdded", "network.beforeRequestSent", "network.fetchError"]
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Alt": "\ue00a", "ArrowDown": "\ue015", "ArrowRight": "\ue014"}
LISTENING = re.compile(r"BiDi listening on (ws://\S+)")
"""What Firefox says when it can be driven."""
ABORTED = "NS_BINDING_ABORTED"


class Firefox:
    """One window, in which one page at a time is visited."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.numbers = count()
        self.events: list[dict[str, Any]] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=HEARD)
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> Any:
        """Give a command and wait for its result; events that come meanwhile are kept."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            told = json.loads(self.socket.recv(timeout=60))
            if told.get("id") == number:
                assert told["type"] == "success", told
                return told["result"]
            self.events.append(told)

    def visit(self, address: str) -> None:
        """Go to an address, and wait until all of it is there."""
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """What an expression gives, in a realm of its own that sees the page."""
        found = self.ask(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self.context, "sandbox": "tests"},
            awaitPromise=True,
        )
        assert found["type"] == "success", found
        return json.loads(found["result"].get("value", "null"))

    def click(self, selector: str) -> None:
        """Click in the middle of the first element that fits."""
        box = f"document.querySelector({json.dumps(selector)})"
        self.evaluate(f"{box}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        x, y = self.evaluate(f"(r => [r.x + r.width / 2, r.y + r.height / 2])({box}.getBoundingClientRect())")
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        self._act("pointer", [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def press(self, *keys: str) -> None:
        """Press keys together, and let go of them."""
        values = [KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": value} for value in values]
        self._act("key", [*down, *({"type": "keyUp", "value": value} for value in reversed(values))])

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        self.ask("input.performActions", context=self.context, actions=[source])

    def requests(self) -> list[str]:
        """The addresses that were asked for."""
        return [e["params"]["request"]["url"] for e in self.events if e["method"] == "network.beforeRequestSent"]

    def complaints(self) -> list[str]:
        """What was logged, and requests that failed; not those that ended because another page was visited."""
        logged = [e["params"]["text"] for e in self.events if e["method"] == "log.entryAdded"]
        failed = [e["params"] for e in self.events if e["method"] == "network.fetchError"]
        return logged + [e["request"]["url"] for e in failed if e["errorText"] != ABORTED]


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Firefox with a profile of its own."""
    (profile / "user.js").write_text("".join(f'user_pref("{name}", false);\n' for name in PREFERENCES), "utf-8")
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    said = profile / "said.txt"
    with said.open("w") as pipe, subprocess.Popen(command, stderr=pipe, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: bool(LISTENING.search(said.read_text("utf-8"))) or process.poll() is not None, 60)
            found = LISTENING.search(said.read_text("utf-8"))
            assert found, said.read_text("utf-8")
            with connect(f"{found[1]}/session", max_size=None, compression=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
