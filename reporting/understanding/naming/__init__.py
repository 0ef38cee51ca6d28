"""What names a task: its code, its title, the units that have a part in it; kept per plan."""
