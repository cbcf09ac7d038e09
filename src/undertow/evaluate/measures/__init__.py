"""Measures: one file each, which ends in a constant of type `undertow.evaluate.contract.Measure`."""
