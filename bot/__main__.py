"""`python -m bot` is `liaison-bot`."""

from bot.cli import main

if __name__ == "__main__":
    main()
