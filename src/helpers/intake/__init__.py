"""Intake: what offices send, read, checked, and accepted or refused with cell addresses. Never imports report."""
