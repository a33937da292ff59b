from tests.index.lexical.lists import term_lists


def test_term_lists_give_each_passage_its_terms() -> None:
    lists = term_lists([["fire", "road", "fire"], [], ["road", "grain"]])
    assert len(lists) == 3
    assert lists.vocabulary == ("fire", "road", "grain")
    assert [lists.of(passage).tolist() for passage in range(3)] == [[0, 1, 0], [], [1, 2]]
