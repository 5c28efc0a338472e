"""What the wall costs: `make bench`. Prints ratios of one run; asserts no times."""
