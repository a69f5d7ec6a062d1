"""Ports for servers: nobody else is given them, each is told once."""

from tools.ports import LOWEST, first_outgoing, free_port


def test_a_port_is_told_once_so_two_servers_may_be_planned_before_either_begins():
    told = [free_port() for _ in range(100)]
    assert len(set(told)) == len(told)


def test_no_outgoing_connection_is_given_it_and_browsers_open_it():
    told = [free_port() for _ in range(100)]
    assert all(10_080 < port < max(LOWEST + 10_000, first_outgoing()) for port in told)
