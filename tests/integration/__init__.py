"""Tests against real PostgreSQL, Valkey and HTTP."""
