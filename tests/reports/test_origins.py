from clientvoice.care import reading
from clientvoice.reports.page.origins import SHOWN, Board, Origins
from clientvoice.reports.rows import row


def _boards(items):
    found = Origins()
    for it in items:
        found.add(row(it), reading(it))
    return {board.kind: board for board in found.boards()}


def _mail(analysis, sender, path, score):
    block = [["paragraph", [["customer", 0.9, "Buy now."], ["neutral", 0.9, "It is blue."]]]]
    return analysis(sender=sender, path=path, score=score, block=block)


def test_one_sender_is_no_comparison(analysis):
    assert _boards([_mail(analysis, "A <a@x.example>", "in/1.eml", 10.0)] * 3) == {}


def test_senders_by_address_the_most_transactional_first(analysis):
    items = [
        _mail(analysis, "Ann <a@x.example>", "1.eml", 80.0),
        _mail(analysis, "Ann B. <A@x.example>", "2.eml", 60.0),
        _mail(analysis, "Bo <b@x.example>", "3.eml", 20.0),
    ]
    boards = _boards(items)
    assert list(boards) == ["sender"]
    told = [(it.name, it.messages, it.score, it.customer) for it in boards["sender"].origins]
    assert told == [("Bo", 1, 20.0, 0.5), ("Ann", 2, 70.0, 0.5)]


def test_folders_without_what_all_have_in_common(analysis):
    paths = ["mail/spring/1.eml", "mail/spring/2.eml", "mail/autumn/shop/3.eml"]
    board = _boards([_mail(analysis, None, path, 30.0) for path in paths])["folder"]
    assert sorted(it.name for it in board.origins) == ["autumn/shop", "spring"]
    board = _boards([_mail(analysis, None, path, 30.0) for path in ["mail/1.eml", "mail/spring/2.eml"]])[
        "folder"
    ]
    assert sorted(it.name for it in board.origins) == ["mail", "mail/spring"]


def test_folders_that_say_the_same_as_senders_are_left_out(analysis):
    items = [_mail(analysis, f"{name}@x.example", f"{name}/1.eml", 30.0) for name in "ab"]
    assert list(_boards(items)) == ["sender"]
    items.append(_mail(analysis, "a@x.example", "c/1.eml", 30.0))
    assert list(_boards(items)) == ["sender", "folder"]


def test_many_are_cut_and_counted(analysis):
    board = _boards([_mail(analysis, f"{n}@x.example", None, 1.0 * n) for n in range(SHOWN + 3)])["sender"]
    assert (len(board.origins), board.left) == (SHOWN, 3)
    assert board.rest == "3 more senders with as many messages or fewer not shown."


def test_the_rest_has_fewer_messages_only_where_it_has(analysis):
    items = [_mail(analysis, f"{n}@x.example", f"in/{n}/1.eml", 1.0) for n in range(SHOWN + 1)]
    boards = _boards([*items, *items[:SHOWN], _mail(analysis, "0@x.example", "in/x/1.eml", 1.0)])
    assert boards["sender"].rest == "1 more sender with fewer messages not shown."
    assert boards["folder"].rest == "2 more folders with fewer messages not shown."
    assert Board("sender", (), 0).rest == ""


def test_an_escaped_sign_in_a_name_is_no_folder(analysis):
    paths = ["in/a/bad\\xff.txt", "in/a/1.txt", "in/b/2.txt"]
    board = _boards([_mail(analysis, None, path, 30.0) for path in paths])["folder"]
    assert sorted((it.name, it.messages) for it in board.origins) == [("a", 2), ("b", 1)]
