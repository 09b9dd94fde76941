"""The emulator as its own process: ``python -m bot.phone --port 8081 --flood realistic``."""

import argparse
import asyncio
import contextlib
import signal
import sys

from bot.phone.flood import PROFILES
from bot.phone.server import Telegram


def arguments(argv: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.phone", description="A strict local Telegram Bot API"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 picks a free one")
    parser.add_argument("--flood", choices=sorted(PROFILES), default="realistic")
    parser.add_argument(
        "--lint", action="store_true", help="check calls against aiogram's models (slow start)"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep-calls", type=int, default=100_000)
    return parser.parse_args(argv)


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM; the first two lines of output are the address and the token."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with Telegram(**vars(options)) as telegram:
        print(telegram.url, telegram.token, f"{telegram.url}/?user=1001", sep="\n", flush=True)
        await stop.wait()
    for line in telegram.violations:
        print("violation:", line, file=sys.stderr)


def main() -> None:
    """Entry point."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments(sys.argv[1:])))


if __name__ == "__main__":
    main()
