"""Reading the public nDelius documents: lines, keys, and each kind of document as rows of ours.

Source: the import contract in docs/import.md. Plain values in, plain values out.
"""
