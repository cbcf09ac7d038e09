"""A team before the workbench: people with their own password and second factor, each in a browser of their own."""

import re
import time
from dataclasses import replace

import pyotp
from starlette.testclient import TestClient

from undertow import Workspace
from undertow.review.people import By, People, Person
from undertow.review.sessions import Sessions
from undertow.web.app import workbench

NAME = "workbench.example"
AT = {"origin": f"https://{NAME}"}
PASSWORD = "four words in a row"
BY = By("root")


def team(case: Workspace) -> TestClient:
    """A browser in which nobody has signed in."""
    return TestClient(workbench(case, {NAME}, team=True, scheme="https"), base_url=f"https://{NAME}",
                      follow_redirects=False)  # fmt: skip


def joined(case: Workspace, name: str, *roles: str, **more: object) -> tuple[Person, str]:
    """Somebody who is set up; gives them with the key of their second factor."""
    people = People(case.audit)
    made, first = people.add(replace(Person("", name, roles or ("analyst",)), **more), BY)  # type: ignore[arg-type]
    people.new_password(made, first, PASSWORD, By(name))
    key = pyotp.random_base32()
    people.enrol(made, key, pyotp.TOTP(key).at(time.time() - 30), By(name))  # the code of now is still unused
    return people.one(made.person_id), key


def seated(case: Workspace, person: Person, purpose: str = "weekly review") -> TestClient:
    """A browser of somebody who has signed in; leaves out the slow check of the password."""
    browser = team(case)
    browser.cookies.set("undertow", Sessions(case.decisions.path).begin(person.person_id, purpose))
    return browser


def typed(browser: TestClient, name: str, password: str = PASSWORD, code: str = "", purpose: str = "review"):
    """What the form of signing in gives."""
    form = {"name": name, "password": password, "code": code, "purpose": purpose}
    return browser.post("/sign-in", data=form, headers=AT)


def sent(browser: TestClient, path: str, **form: str):
    """A form posted with its key."""
    found = re.search(r'name="form_key" value="([^"]+)"', browser.get("/account").text)
    assert found
    return browser.post(path, data={"form_key": found[1], **form}, headers=AT)
