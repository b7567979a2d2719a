"""Tests of app.usecases."""
