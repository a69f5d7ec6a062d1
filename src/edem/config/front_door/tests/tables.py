"""The tables of the test door's one mass act."""

ACTS_AND_SUBJECTS = """
CREATE TABLE IF NOT EXISTS door_subject (id bigint PRIMARY KEY, acts integer NOT NULL DEFAULT 0, moved timestamptz);
CREATE TABLE IF NOT EXISTS door_act (
    subject bigint, person uuid, at timestamptz NOT NULL, note text NOT NULL DEFAULT '', PRIMARY KEY (subject, person)
);
"""
