"""What holds for the tests of what the window is made of."""

from tests.support.cycles import cycles_end_on_this_thread, windows_of_a_test_go_with_it

__all__ = ["cycles_end_on_this_thread", "windows_of_a_test_go_with_it"]
