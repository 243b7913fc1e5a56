"""The Authorize button of /docs, in a browser."""

import httpx2
from playwright.sync_api import Error, sync_playwright

from tests.accounts.conftest import PASSWORD
from tests.conftest import missing, require_tool
from tests.http.running import running_server


def test_who_logs_in_with_the_button_can_try_operations_at_once() -> None:
    chromium = require_tool("chromium", "chromium-browser", "google-chrome")
    complaints: list[str] = []
    with running_server() as origin, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            )
        except Error as error:
            missing(f"{chromium} does not start: {error}")
        account = {"email": "button@example.com", "password": PASSWORD}
        assert httpx2.post(f"{origin}/v1/auth/register", json=account).status_code == 202
        page = browser.new_page()
        page.on("pageerror", lambda error: complaints.append(error.message))
        page.goto(f"{origin}/docs")
        page.locator(".btn.authorize").first.click()
        login = page.locator(".auth-container", has=page.locator("#oauth_username"))
        login.locator("#oauth_username").fill(account["email"])
        login.locator("#oauth_password").fill(PASSWORD)
        login.locator(".btn.authorize").click()
        page.get_by_text("Authorized", exact=True).wait_for()
        page.locator(".btn-done").first.click()
        operation = page.locator("#operations-accounts-get_me")
        operation.locator(".opblock-summary-control").click()
        operation.locator(".execute").click()
        answer = operation.locator(".live-responses-table .highlight-code").first
        answer.wait_for()
        assert f'"email": "{account["email"]}"' in answer.inner_text()
        browser.close()
    assert complaints == []
