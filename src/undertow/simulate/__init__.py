"""A made-up world whose truth is known, to measure and to train on without anyone's data."""

from undertow.simulate.world import Made, Options, simulate

__all__ = ["Made", "Options", "simulate"]
