"""The scripts of packaging/ as modules: their folder is no package, or it would hide the library."""

import importlib.util
import sys
from types import ModuleType

from tests.support.guards import ROOT


def load_script(name: str) -> ModuleType:
    """Return packaging/NAME.py, loaded from its file."""
    spec = importlib.util.spec_from_file_location(f"samverka_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
