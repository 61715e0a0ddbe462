"""The catalog is what the company sells, in which variants and packs, and what each level and customer pays for
it. How much there is of it is the inventory domain's.
"""
