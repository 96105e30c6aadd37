"""The same contract with one of everything in it as for the question of who gets at what."""

from __future__ import annotations

from tests.web.walls.conftest import cast as cast
from tests.web.walls.conftest import keys_given as keys_given
from tests.web.walls.conftest import log as log
from tests.web.walls.conftest import statement as statement
from tests.web.walls.conftest import things as things
from tests.web.walls.conftest import trusted as trusted
