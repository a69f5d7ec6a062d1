"""Mass acts that come with files, through the real front door."""

from itertools import count

import pytest

pytestmark = pytest.mark.django_db
people = count(10_000)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"files": [("photos", ("а.jpg", b"x" * 70_000)), ("photos", ("б.jpg", b"y"))]}, 200),
        ({"files": [("photos", ("а.jpg", b"x" * 300_001))]}, 413),
        ({"json": {"subject": 1}}, 415),
        ({"content": b"nonsense", "headers": {"Content-Type": "multipart/form-data; boundary=a"}}, 422),
        ({"content": iter([b"--a", b"--"]), "headers": {"Content-Type": "multipart/form-data; boundary=a"}}, 413),
        ({"files": [("photos", ("а.jpg", b"x"))], "headers": {"Cookie": "edem_pass=expired"}}, 401),
        ({"files": [("photos", ("а.jpg", b"x"))], "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
    ],
)
def test_a_form_with_files_is_received_whole_and_only_so_much_of_it(visitor, sent, status):
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"edem_pass={next(people)}"} | sent.pop("headers", {})
    answer = visitor.post("/misto/acts/parcel", headers=headers, **sent)
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert told["message"]
    if status == 200:
        assert told["sizes"] == [70_000, 1]
