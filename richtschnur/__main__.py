import sys

from richtschnur.cli import main

sys.exit(main())
