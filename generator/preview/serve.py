"""Change a file, see the page: the site on this machine, and a build whenever a file changes."""

import contextlib
import threading
import webbrowser

from generator.build.options import Options, Report
from generator.preview.files import Files
from generator.preview.follow import Following, Say, known, watcher
from generator.preview.news import Bulletin
from generator.preview.server import serving


def serve(
    options: Options,
    *,
    port: int,
    open_browser: bool,
    say: Say,
    complain: Say,
    report: Report = lambda _: None,
) -> None:
    """Build, serve and `follow` until KeyboardInterrupt, which passes through when all is closed.

    Raises what `follow` raises, and UsageError where no port can be had.
    """
    bulletin = Bulletin()
    following = Following(options, say, complain, bulletin.post)
    following.begin(report)
    with contextlib.ExitStack() as opened:
        opened.enter_context(known(options, say))
        server = opened.enter_context(serving(Files(options.output), bulletin, port))
        watching = opened.enter_context(watcher(options, say))
        say(f"{server.address} shows it; change a file, and the page follows (Ctrl-C ends)")
        if open_browser:
            # A browser in the terminal, or one that is not running yet, keeps its caller waiting.
            threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
        following.follow(watching)
