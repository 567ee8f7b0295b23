"""A client that knows nothing of the API but its document: each parameter is put where that says."""

import re
from urllib.parse import quote, urlencode

DOCUMENT = "/api/v1/openapi.json"


class Client:
    """Asks with a token. Names of headers are said with `_` for `-`."""

    def __init__(self, app, token):
        self.http = app.test_client()
        self.token = token
        self.document = self.http.get(DOCUMENT).json
        self.operations = {
            each["operationId"]: (
                path,
                method,
                [*operations.get("parameters", ()), *each.get("parameters", ())],
            )
            for path, operations in self.document["paths"].items()
            for method, each in operations.items()
            if method in ("get", "post", "put", "delete")
        }

    def call(self, name, content=None, **said):
        """One operation; its answer as it came."""
        path, method, parameters = self.operations[name]
        where = {each["name"].replace("-", "_"): each for each in parameters}
        unknown = said.keys() - where.keys()
        assert not unknown, f"{name} takes no {unknown}"
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        query = []
        for key, value in said.items():
            each = where[key]
            if each["in"] == "path":
                path = path.replace(f"{{{each['name']}}}", quote(str(value)))
            elif each["in"] == "header":
                headers[each["name"]] = value
            else:
                query += [(each["name"], one) for one in (value if isinstance(value, list) else [value])]
        address = path + (f"?{urlencode(query)}" if query else "")
        body = {} if content is None else {"json": content}
        return self.http.open(address, method=method.upper(), headers=headers, buffered=True, **body)

    def pages(self, name, **said):
        """Every page of a list, by the links that lead from one to the next."""
        answer = self.call(name, **said)
        while True:
            yield answer.json
            following = re.search(r'<([^>]+)>; rel="?next"?', answer.headers.get("Link", ""))
            if following is None:
                return
            answer = self.http.get(following[1], headers={"Authorization": f"Bearer {self.token}"})
