"""`python -m shopbell.commands` is the same as `shopbell`."""

from shopbell.commands import main

main()
