"""What was taken outlives a power cut: the file and its name are written out before `save` returns."""

import os

import pytest
from django.core.files.base import ContentFile

from edem.foundation.files.storage import LastingStorage, written_out_together


@pytest.fixture
def written(monkeypatch):
    """The numbers of files and folders in the order in which they were written out."""
    found = []
    monkeypatch.setattr(os, "fsync", lambda opened: found.append(os.fstat(opened).st_ino))
    return found


def numbers(*places):
    return [place.stat().st_ino for place in places]


def test_the_file_and_the_folders_that_are_new_are_written_out_before_save_returns(tmp_path, written):
    storage = LastingStorage(location=tmp_path)
    file = tmp_path / storage.save("uploads/2026/яма.jpg", ContentFile(b"x" * 70_000))
    assert file.read_bytes() == b"x" * 70_000
    assert written == numbers(file, file.parent, tmp_path / "uploads", tmp_path)
    written.clear()
    file = tmp_path / storage.save("uploads/2026/лавка.jpg", ContentFile(b"x"))
    assert written == numbers(file, file.parent)


def test_many_are_written_out_at_the_end_each_once_and_their_folder_once(tmp_path, written):
    storage = LastingStorage(location=tmp_path)
    with written_out_together():
        files = [tmp_path / storage.save(f"uploads/{number}.jpg", ContentFile(b"x")) for number in range(20)]
        assert written == []
    assert sorted(written[:20]) == sorted(numbers(*files))
    assert written[20:] == numbers(tmp_path / "uploads", tmp_path)
    written.clear()
    storage.save("uploads/one.jpg", ContentFile(b"x"))
    assert len(written) == 2


def test_a_disk_that_does_not_write_one_of_them_out_lets_nobody_hear_of_any(tmp_path, monkeypatch):
    def full(_opened):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"), written_out_together():
        LastingStorage(location=tmp_path).save("one.txt", ContentFile(b"one"))


def test_a_name_that_is_taken_is_changed_and_nothing_is_overwritten(tmp_path):
    storage = LastingStorage(location=tmp_path)
    first, second = (storage.save("one.txt", ContentFile(words)) for words in (b"one", b"two"))
    assert first != second
    assert (tmp_path / first).read_bytes() == b"one"
