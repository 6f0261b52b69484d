#!/usr/bin/env python3
"""Follows a FhirTrials server: keeps a folder of its resources the same as the server's, for ever.

    python3 examples/follow.py http://localhost:8080/fhir FOLDER [--types ResearchStudy,Group] [--every 10] [--once]

FOLDER/Type/id.json is a resource. The first run loads everything by $export; from then on each round asks for what has
changed since the last one ($export?_since=…, or _history where that is enough) and for what was deleted.

Why nothing is lost and nothing done twice:
  * An export shows one state. Its transactionTime is where the next one begins: each commit of the server has a time of its
    own, and _since means "later than".
  * A round tells what the server has, never a way to get there: one that is done again, whole or in part, changes nothing.
  * state.json, which says how far we are, is written when everything else is on the disk, and by renaming: whenever this
    program is stopped, the next run goes on from there.
  * 429, 503 and a server that is away are waited for (Retry-After, otherwise longer and longer).
"""
import argparse
import gzip
import http.client
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

LONGEST_WAIT = 60
# A feed is read page by page as long as that is quick; after a long absence an export is.
PAGES_OF_FEED = 20


def request(url, method="GET", **headers):
    """Status, headers and body; tries again while the server cannot answer."""
    wait = 0.5
    while True:
        try:
            asked = urllib.request.Request(url, method=method, headers={"Accept-Encoding": "gzip", **headers})
            with urllib.request.urlopen(asked, timeout=120) as answer:
                body = answer.read()
                if answer.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                return answer.status, answer.headers, body
        except urllib.error.HTTPError as error:
            if error.code not in (429, 502, 503, 504):
                if error.code in (304, 404, 410, 500):
                    return error.code, error.headers, b""
                raise SystemExit(f"{method} {url}: {error.code} {error.read().decode(errors='replace')}")
            after = error.headers.get("Retry-After", "")
            pause = float(after) if after.isdigit() else wait
        except (OSError, http.client.HTTPException, EOFError):
            pause = wait
        time.sleep(min(pause, LONGEST_WAIT))
        wait = min(wait * 2, LONGEST_WAIT)


class Folder:
    """The resources, and how far we are."""

    def __init__(self, path):
        self.path = path
        os.makedirs(path, exist_ok=True)

    def state(self):
        try:
            with open(os.path.join(self.path, "state.json"), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    def save_state(self, state):
        os.sync()
        self._write(os.path.join(self.path, "state.json"), json.dumps(state))
        os.sync()

    def put(self, resource):
        path = self._file(f"{resource['resourceType']}/{resource['id']}")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self._write(path, json.dumps(resource, ensure_ascii=False))

    def delete(self, reference):
        try:
            os.remove(self._file(reference))
        except FileNotFoundError:
            pass

    def keep_only(self, references):
        """Removes what a full load did not bring: it was deleted while nobody looked."""
        for folder, _, names in os.walk(self.path):
            for name in names:
                reference = f"{os.path.basename(folder)}/{name.removesuffix('.json')}"
                if folder != self.path and reference not in references:
                    os.remove(os.path.join(folder, name))

    def _file(self, reference):
        kind, name = reference.split("/")
        if not (kind.isalnum() and name.replace("-", "").replace(".", "").isalnum() and name.strip(".")):
            raise SystemExit("The server names what is no reference.")
        return os.path.join(self.path, kind, name + ".json")

    @staticmethod
    def _write(path, text):
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(path + ".new", path)


def export(base, types, since, folder):
    """One export into the folder; gives the time up to which it tells everything, or None where it was lost on the way."""
    query = {"_outputFormat": "ndjson", **({"_type": types} if types else {}), **({"_since": since} if since else {})}
    _, headers, _ = request(f"{base}/$export?{urllib.parse.urlencode(query)}", Prefer="respond-async")
    job = headers["Content-Location"]
    while True:
        status, headers, body = request(job, Accept="application/json")
        if status == 200:
            break
        if status != 202:
            return None
        time.sleep(min(float(headers.get("Retry-After", "1")), LONGEST_WAIT))

    manifest, seen = json.loads(body), set()
    if manifest["error"]:
        raise SystemExit(f"Some resources could not be exported: {manifest['error']}")
    for kind in ("output", "deleted"):
        for file in manifest.get(kind, []):
            status, _, body = request(file["url"])
            lines = body.splitlines()
            if status != 200 or len(lines) != file["count"]:
                return None
            for line in map(json.loads, lines):
                if kind == "output":
                    seen.add(f"{line['resourceType']}/{line['id']}")
                    folder.put(line)
                else:
                    for entry in line["entry"]:
                        folder.delete(entry["request"]["url"])
    if not since:
        folder.keep_only(seen)
    request(job, method="DELETE")
    return manifest["transactionTime"]


def feed(base, types, state, folder):
    """The changes since the last round by _history; gives the new state, or None where there are too many."""
    before, changes, url = state["since"], {}, f"{base}/_history?{urllib.parse.urlencode({'_since': state['since'], '_count': 500})}"
    known = {"If-None-Match": state["tag"]} if state.get("tag") else {}
    for page in range(PAGES_OF_FEED):
        status, headers, body = request(url, **known)
        if status == 304:
            return state
        if status != 200:
            return None
        if page == 0:
            tag, known = headers.get("ETag"), {}
        bundle = json.loads(body)
        for entry in bundle.get("entry", []):
            reference = "/".join(entry["fullUrl"].rsplit("/", 2)[1:])
            # The newest comes first.
            if not types or reference.split("/")[0] in types.split(","):
                changes.setdefault(reference, entry)
            state = {**state, "since": max(state["since"], entry["response"]["lastModified"])}
        url = next((link["url"] for link in bundle["link"] if link["relation"] == "next"), None)
        if url is None:
            break
    else:
        return None

    for reference, entry in changes.items():
        if "resource" in entry:
            folder.put(entry["resource"])
        else:
            folder.delete(reference)
    # The tag is that of this very question: where the time has moved on, the next question is another.
    return {**state, "tag": tag if state["since"] == before else None}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("folder")
    parser.add_argument("--types", default="", help="only these, by commas")
    parser.add_argument("--every", type=float, default=10, help="seconds between two rounds")
    parser.add_argument("--once", action="store_true", help="one round, then end")
    asked = parser.parse_args()
    folder = Folder(asked.folder)
    while True:
        state = folder.state()
        known = feed(asked.base, asked.types, state, folder) if state.get("since") else None
        if known is None:
            since = export(asked.base, asked.types, state.get("since"), folder)
            known = {"since": since} if since else state
        if known != state:
            folder.save_state(known)
        if asked.once and "since" in known:
            return
        time.sleep(asked.every)


if __name__ == "__main__":
    main()
