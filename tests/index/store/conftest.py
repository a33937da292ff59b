from pathlib import Path

import pytest

from tests.builders import commit, make_index, make_report, make_reports

REMOVED = (3, 11, 20, 41)
UPDATED = (5, 12, 30, 44, 45)


@pytest.fixture(scope="session")
def many_commits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifty reports committed one by one, with updates and removals in between; not to be changed."""
    root = make_index(tmp_path_factory.mktemp("many") / "index")
    for number, report in enumerate(make_reports(50)):
        commit(root, [report])
        if number - 2 in UPDATED:
            commit(root, [make_report(number - 2, version=1)])
        if number - 2 in REMOVED:
            commit(root, removed=[f"report-{number - 2}"])
    return root
