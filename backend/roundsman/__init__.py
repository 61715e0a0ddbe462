"""Roundsman: offline-first rounds for trading companies. The parts are listed in domains.py and gathered in app.py."""
