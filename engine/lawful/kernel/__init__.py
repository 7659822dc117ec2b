"""The kernel: integers and bit sets only. It knows no law."""
