"""What is kept: the only place that knows SQLAlchemy, procrastinate and Redis."""
