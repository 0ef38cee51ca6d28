"""The four parts of a report (四报), and which clause tells which."""
