"""The health check of the web container: `python -m mobilisering.health_check` ends with 0 when /halsa/ answers 200."""

import http.client
import sys

PORT = 8000


def is_healthy(port: int = PORT) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/halsa/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_healthy())
