"""The printed examples of docstrings are what the code gives."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import agendaparse
from agendaparse.profile import GENERAL, load_profile
from tests.places import ROOT

MODULES = sorted(m.name for m in pkgutil.walk_packages(agendaparse.__path__, "agendaparse."))


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_true(module, monkeypatch):
    monkeypatch.chdir(ROOT)
    known = {"general_profile": lambda: load_profile(GENERAL)}
    failed, _ = doctest.testmod(importlib.import_module(module), extraglobs=known)
    assert failed == 0
