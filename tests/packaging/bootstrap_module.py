"""packaging/bootstrap.py as a module: its folder is no package, or it would hide the library of that name."""

import importlib.util
from types import ModuleType

from tests.support.guards import ROOT


def load_bootstrap() -> ModuleType:
    """Return the module, loaded from its file."""
    place = ROOT / "packaging" / "bootstrap.py"
    spec = importlib.util.spec_from_file_location("samverka_bootstrap", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
