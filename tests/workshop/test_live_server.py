"""The browser, the server and the database work together; both databases prove it."""

import pytest


@pytest.mark.browser
@pytest.mark.both_databases
def test_the_browser_reaches_the_server(page, live_server):
    answer = page.goto(f"{live_server.url}/healthz")
    assert answer is not None
    assert answer.status == 200


@pytest.mark.browser
def test_styles_are_served_mirrored_for_right_to_left(page, live_server):
    for name in ("kern.min.css", "kern.rtl.css", "fonts.css"):
        answer = page.goto(f"{live_server.url}/static/ui/vendor/{name}")
        assert answer.status == 200
        assert "css" in answer.headers["content-type"]
