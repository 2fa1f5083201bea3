"""Asks the model through the door that the trial gives. `ask(messages)` answers with the status and the content of the answer."""
import json
import os
import urllib.error
import urllib.request


def agent_body():
    with open(os.environ["ASSAY_AGENT_FILE"], encoding="utf-8") as file:
        return file.read().split("---\n", 2)[2].strip()


def ask(messages, system=None):
    body = {"model": "claude-sonnet-5-5", "max_tokens": 1000, "system": system or agent_body(), "messages": messages}
    request = urllib.request.Request(
        os.environ["ANTHROPIC_BASE_URL"] + "/v1/messages",
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json", "x-api-key": os.environ["ANTHROPIC_API_KEY"], "anthropic-version": "2023-06-01"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)["content"]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def user(content):
    return {"role": "user", "content": content}


def assistant(content):
    return {"role": "assistant", "content": content}
