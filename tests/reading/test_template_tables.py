"""The sheets of the template, as the nouns of the case give them."""

from planner.reading.template.tables import tables


def test_no_two_sheets_have_one_name() -> None:
    """Excel takes names for the same whatever their capitals, and at most 31 letters."""
    names = [table.sheet for table in tables()]
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) <= 31
