"""The benchmark of a year on a branch works, in small: reading back is no second sending."""

from pathlib import Path

from tests.benchmarks.state import measure


def test_a_journal_is_read_from_its_files_in_a_part_of_the_time_it_took_to_write(
    tmp_path: Path,
) -> None:
    year = measure(tmp_path, 10, 4)
    # A digest, a delivery and five picks.
    assert year.n_rows == 10 * 4 * 7
    assert year.imported_s < year.written_s / 2
