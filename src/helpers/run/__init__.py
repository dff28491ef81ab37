"""Run: what to render, how, and what happened. Notebooks never import this."""
