import socket

import pytest

from mobilisering.health_check import is_healthy


@pytest.mark.django_db
def test_a_process_that_reaches_its_database_is_healthy(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/halsa/", headers={"host": "127.0.0.1"})

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_the_check_of_the_container_asks_over_http(live_server):
    assert is_healthy(live_server.thread.port)


def test_where_nobody_listens_nobody_is_healthy():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))

        assert not is_healthy(probe.getsockname()[1])
