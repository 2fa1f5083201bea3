#!/usr/bin/env python
import os
import sys


def main():
    if not os.environ.get("DOCKET_ENV"):
        sys.exit("DOCKET_ENV is not set. Run management commands through ./dev.")
    if sys.argv[1:2] == ["test"]:
        sys.exit("The suite runs on pytest. Use ./dev test.")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
