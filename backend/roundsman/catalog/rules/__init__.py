"""Pure rules of selling, mirrored by pwa/src/catalog/rules; both run the vectors in tests/vectors/catalog. No database
and no clock here.
"""
