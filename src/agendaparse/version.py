"""The version of agendaparse, as each archive row records it."""

__version__ = "0.1.0"
