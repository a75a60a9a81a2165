"""What reports say in numbers, counted where it is stored; every number can show the rows it counts."""
