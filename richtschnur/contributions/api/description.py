"""The OpenAPI document; a test holds it against the addresses and against real answers."""

from __future__ import annotations

from typing import Any

from richtschnur.consultation.states import Phase, Publication
from richtschnur.contributions.rules import TEXT_LIMIT
from richtschnur.contributions.states import Kind, Purpose

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER_OR_NONE: Schema = {"type": ["integer", "null"]}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "required": sorted(required),
        "properties": required | (optional or {}),
        "additionalProperties": False,
    }


def _listed(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Schema] = {
    "Consultation": _object(
        {
            "slug": TEXT,
            "title": TEXT,
            "language": TEXT,
            "phase": {"type": "string", "enum": list(Phase.values)},
            "opens_at": MOMENT,
            "closes_at": MOMENT,
            "publication": {"type": "string", "enum": list(Publication.values)},
            "address": {"type": "string", "format": "uri"},
        }
    ),
    "Consultations": _object({"consultations": _listed("Consultation")}),
    "Passage": _object({"number": {"type": "integer"}, "section": TEXT, "text": TEXT}),
    "Passages": _object({"passages": _listed("Passage"), "next_after": NUMBER_OR_NONE}),
    "PublicComment": _object(
        {
            "id": {"type": "integer"},
            "received_on": {"type": "string", "format": "date"},
            "passage": NUMBER_OR_NONE,
            "kind": {"type": "string", "enum": list(Kind.values)},
            "name": TEXT,
            "language": TEXT,
            "answered": {"type": "boolean"},
            "text": TEXT,
            "suggestion": TEXT,
            "files": _listed("PublicFile"),
        }
    ),
    "PublicFile": _object({"address": TEXT, "media_type": TEXT, "size": {"type": "integer"}}),
    "PublicComments": _object(
        {"licence": TEXT, "comments": _listed("PublicComment"), "next_after": NUMBER_OR_NONE}
    ),
    "NewComment": _object(
        {"text": {"type": "string", "minLength": 1, "maxLength": TEXT_LIMIT}},
        {"passage": NUMBER_OR_NONE},
    ),
    "NewContribution": _object(
        {
            "kind": {"type": "string", "enum": list(Kind.values)},
            "comments": _listed("NewComment") | {"minItems": 1, "maxItems": 500},
        },
        {
            "name": {"type": "string", "maxLength": 200},
            "organisation": {"type": "string", "maxLength": 200},
            "email": {"type": "string", "maxLength": 254},
            "consents": {"type": "array", "items": {"type": "string", "enum": Purpose.values}},
        },
    ),
    "Submitted": _object({"number": TEXT, "secret": TEXT, "commitment": TEXT, "address": TEXT}),
    "ReceiptComment": _object(
        {
            "passage": NUMBER_OR_NONE,
            "text": TEXT,
            "publication": {"type": "string", "enum": ["not", "held", "published", "withheld"]},
        }
    ),
    "Receipt": _object(
        {
            "number": TEXT,
            "received_at": MOMENT,
            "is_late": {"type": "boolean"},
            "commitment": TEXT,
            "address": TEXT,
            "comments": _listed("ReceiptComment"),
        }
    ),
    "Error": _object(
        {
            "error": _object(
                {"code": TEXT, "message": TEXT},
                {
                    "fields": {
                        "type": "object",
                        "additionalProperties": {"type": "array", "items": TEXT},
                    },
                    "confirmation": TEXT,
                },
            )
        }
    ),
}


def _parameter(name: str, where: str, schema: Schema, said: str, *, required: bool) -> Schema:
    return {"name": name, "in": where, "schema": schema, "description": said, "required": required}


SLUG = _parameter("slug", "path", TEXT, "The consultation's name.", required=True)
SECRET = _parameter("secret", "path", TEXT, "The receipt's secret.", required=True)
AFTER = _parameter("after", "query", TEXT, "`next_after` of the page before.", required=False)
KEY = _parameter(
    "Idempotency-Key",
    "header",
    {"type": "string", "minLength": 16, "maxLength": 200},
    "Random; a repeat with the same key and content finds the first contribution.",
    required=True,
)
CONFIRMATION = _parameter(
    "Confirmation", "header", TEXT, "What an answer 429 gave, three seconds later.", required=False
)
NARROWING = [
    _parameter(name, "query", TEXT, said, required=False)
    for name, said in (
        ("q", "Words in all their forms."),
        ("passage", "The number of a passage; 0 is the whole paper."),
        ("section", "The id of a section."),
        ("kind", "Who speaks."),
        ("language", "The code of a language."),
        ("answered", "yes or no."),
        ("sort", "newest, oldest or passage."),
    )
]


def _answers(schema: str, *errors: int, success: tuple[int, ...] = (200,)) -> Schema:
    good = {str(code): _content(schema, "Good.") for code in success}
    return good | {str(code): _content("Error", "What to do instead.") for code in errors}


def _content(schema: str, said: str) -> Schema:
    return {"description": said, "content": {"application/json": {"schema": _ref(schema)}}}


def _get(said: str, schema: str, parameters: list[Schema], *errors: int) -> Schema:
    named = schema[0].lower() + schema[1:]
    return {
        "get": {
            "operationId": f"read_{named}",
            "summary": said,
            "parameters": parameters,
            "responses": _answers(schema, *errors, 405),
        }
    }


PATHS: dict[str, Schema] = {
    "/consultations": _get("All public consultations, the latest first.", "Consultations", []),
    "/consultations/{slug}": _get("One consultation.", "Consultation", [SLUG], 404),
    "/consultations/{slug}/passages": _get(
        "The draft's passages in reading order.", "Passages", [SLUG, AFTER], 404
    ),
    "/consultations/{slug}/comments": _get(
        "Published comments.", "PublicComments", [SLUG, AFTER, *NARROWING], 404
    ),
    "/consultations/{slug}/contributions": {
        "post": {
            "operationId": "submit_contribution",
            "summary": "Send a contribution, by the same rules as the form.",
            "parameters": [SLUG, KEY, CONFIRMATION],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": _ref("NewContribution")}},
            },
            "responses": _answers("Submitted", 404, 405, 409, 422, 429, success=(200, 201)),
        }
    },
    "/receipts/{secret}": _get("What was sent, and how it stands.", "Receipt", [SECRET], 404),
}


def described(server: str) -> dict[str, Any]:
    """The whole document, for the installation at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Richtschnur",
            "version": "1",
            "summary": "Read public consultations and take part in them.",
            "description": "Errors are told in the language of Accept-Language.",
        },
        "servers": [{"url": server}],
        "paths": PATHS,
        "components": {"schemas": SCHEMAS},
    }
