"""WHEN, across packs: one indicator over all meetings that print it. Opens no PDF; runs from saved frames."""
