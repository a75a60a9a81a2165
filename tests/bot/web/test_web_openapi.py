"""The OpenAPI description holds: generated requests, good and bad, are answered as it says."""

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

EXAMPLES = 25  # an operation and a mode: enough to meet every branch, and some ten seconds in all
OPERATIONS = [
    ("/api/v1/ask", "POST"),
    ("/api/v1/forget", "POST"),
    ("/api/v1/procedures/{code}", "GET"),
    ("/api/v1/search", "GET"),
    ("/api/v1/communes", "GET"),
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=str)
def test_the_interface_does_what_it_describes(client: TestClient, path: str, method: str, mode: GenerationMode) -> None:
    operation = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app)[path][method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate()

    holds()


def test_only_the_interface_is_described(client: TestClient) -> None:
    description = client.get("/api/v1/openapi.json").json()
    assert sorted(description["paths"]) == sorted(path for path, _ in OPERATIONS)


def test_every_operation_says_what_it_is_for_and_how_it_fails(client: TestClient) -> None:
    description = client.get("/api/v1/openapi.json").json()
    for operations in description["paths"].values():
        for operation in operations.values():
            assert operation["description"]
            assert {"200", "422", "429", "503"} <= set(operation["responses"])
            assert all(response["description"] for response in operation["responses"].values())


def test_the_values_of_the_catalogue_are_described_from_their_definition(client: TestClient) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert {"KnownProcedure", "Procedure", "Fee", "TimeLimit", "Checklist", "CityFee"} <= set(schemas)
    assert "amount" in schemas["Fee"]["properties"]
