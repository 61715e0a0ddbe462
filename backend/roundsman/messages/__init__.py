"""Messages: what a person is told of what others did, kept in his inbox, read or not, muted by kind; and pushed to his
phones when he asked for that.
"""
