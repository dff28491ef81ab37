"""Measures: pure functions, DataFrame in, DataFrame out. Each indicator is defined in docs/indicators.md."""
