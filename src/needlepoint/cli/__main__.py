"""`python -m needlepoint.cli`."""

from needlepoint.cli import main

if __name__ == "__main__":
    main()
