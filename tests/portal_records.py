"""Invented objects in the real shape of the national portal, and ways to save them; any field can be changed."""

import gzip
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]

SIGNED = 1_768_496_400_000  # 15/01/2026 17:00Z, which is midnight of 16/01/2026 in Việt Nam
UPDATED = 1_784_250_000_000  # 17/07/2026 08:00 in Việt Nam


def named(key: str, name: str, code: str = "") -> Record:
    return {"id": key, "name": name, "code": code}


def fee(value: int | None = 8_000, **changes: Any) -> Record:
    published = {
        "type": "SERVICE_FEE",
        "value": value,
        "currencyId": "019b3fb2",
        "currencyName": "Việt Nam Đồng",
        "attachment": None,
        "description": "",
    }
    return {**published, **changes}


def method(channel: str = "DIRECT", **changes: Any) -> Record:
    published = {
        "submissionMethod": channel,
        "processingTime": 3,
        "processingTimeUnit": "WORKING_DAY",
        "description": "",
        "fees": [fee()],
    }
    return {**published, **changes}


def paper(name: str = "Tờ khai theo mẫu", **changes: Any) -> Record:
    published = {
        "profileComponentId": f"paper-{name}",
        "originalQty": 1,
        "copyQty": 0,
        "required": False,
        "hasElectronicForm": False,
        "isProcessingResult": False,
        "name": name,
        "code": "000.00.00.G15-KQ003208",
        "attachments": [],
    }
    return {**published, **changes}


def attachment(name: str) -> Record:
    return {"id": f"file-{name}", "fileName": name, "bucketName": "dvc", "filePath": f"configuring/1/{name}"}


def detail(code: str = "1.000001", **changes: Any) -> Record:
    """A detail object with every field that all real ones have."""
    lists = "formalityTargetType departmentDetails fees profileComponents targetObjects procedureRelatedGroup"
    ids = "serviceGroupIds legalBasisIds resultIds subjectTypeIds"
    roles = ("Executing", "Authority", "Authorized", "Coordinating")
    published: Record = {
        "id": f"id-{code.strip()}",
        "code": code,
        "codeNotation": code,
        "name": f"Thủ tục thử nghiệm {code}",
        "type": "STANDARD",
        "formalityType": "ASSIGNED_REGULATION",
        "state": "UPDATED",
        "note": "",
        "keywords": "",
        "createdAt": UPDATED,
        "updatedAt": UPDATED,
        "decisionNo": "",
        "departmentPromulgateId": "d-g15",
        "departmentPromulgateCode": "G15",
        "departmentPromulgateName": "Bộ Tư pháp",
        "procedureProposal": proposal(),
        "categoryIds": ["c-1"],
        "categoriesDetails": [named("c-1", "Hộ tịch", "G15-TP07")],
        "category": named("c-1", "Hộ tịch", "G15-TP07"),
        "executionMethods": [method(), method("ONLINE", fees=[fee(0)])],
        "executionCases": [{"name": "* Giấy tờ phải nộp:", "profileComponents": [paper()]}],
        "executionSteps": [{"name": "", "description": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả."}],
        "cases": [],
        "requirementsAndConditions": "",
        "description": "",
        "dossierReceivingAddresses": "",
        "resultsDetails": [named("r-1", "Giấy xác nhận", "KQ.G15.000031")],
        "subjectTypesDetails": [named("s-1", "Công dân Việt Nam", "ĐT1")],
        "legalBasisesDetails": [named("l-1", "Luật thử nghiệm", "60/2014/QH13")],
        "serviceGroupsDetails": [],
        "returningMethods": [],
        **dict.fromkeys(FLAGS, False),
        "isWard": True,
        **{key: [] for key in (*lists.split(), *ids.split())},
        **{f"department{role}Ids": [] for role in roles},
        **{f"unitGroup{role}Ids": [] for role in roles},
        **{f"departments{role}": [] for role in roles},
        **{f"unitGroups{role}": [] for role in roles},
        **dict.fromkeys(("executingAgencies", "authorizedAgencies", "delegatedAgencies", "coordinatingAgencies"), ""),
    }
    published["unitGroupsExecuting"] = [{"id": "u-1", "name": "Ủy ban nhân dân cấp xã"}]
    return {**published, **changes}


FLAGS = (
    *"isInternal isWard isProvince isMinistry isOtherAgency isUndetermined isVertical".split(),
    *"isFullProcess isSharedService isOfflineOnly isNonTerritorial".split(),
)


def own(code: str = "1.115622", **changes: Any) -> Record:
    """A procedure of Hải Phòng itself."""
    issuer = {"departmentPromulgateCode": "H24", "departmentPromulgateName": "UBND Thành phố Hải Phòng"}
    return detail(code, **{"type": "SPECIFIC", **issuer, **changes})


def proposal(**changes: Any) -> Record:
    published = {
        "id": "p-1",
        "proposalNumber": "163/QĐ-BTP",
        "decisionDate": SIGNED,
        "decisionNumber": None,
        "publicationDate": SIGNED,
        "issuingAgency": {"id": "d-g15", "name": "Bộ Tư pháp"},
        "proposalType": "STANDARD",
    }
    return {**published, **changes}


def listed(code: str = "1.000001", **changes: Any) -> Record:
    """A list object: who the procedure is, without papers, fees or times."""
    published = {
        "id": f"id-{code.strip()}",
        "name": f"Thủ tục thử nghiệm {code}",
        "code": code,
        "codeNotation": code,
        "categories": ["Hộ tịch"],
        "categoryIds": ["c-1"],
        "departments": ["Ủy ban nhân dân cấp xã"],
        "departmentPromulgate": "Bộ Tư pháp",
        "departmentPromulgateId": "d-g15",
        "formalityTargetType": ["Công dân Việt Nam"],
        "state": "UPDATED",
        "type": "STANDARD",
    }
    return {**published, **changes}


def without(record: Record, *keys: str) -> Record:
    return {key: value for key, value in record.items() if key not in keys}


def envelope(data: Any) -> Record:
    return {"code": "OK", "data": data, "message": "OK"}


def to_line(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False)


def write_lines(path: Path, records: Iterable[Any]) -> Path:
    """JSON lines, packed where the name ends in .gz."""
    content = "".join(to_line(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(content) if path.name.endswith(".gz") else content)
    return path


def write_document(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def shuffled(value: Any, rng: random.Random) -> Any:
    """The same with every list, at every depth, in another order."""
    if isinstance(value, dict):
        return {key: shuffled(item, rng) for key, item in value.items()}
    if isinstance(value, list):
        items = [shuffled(item, rng) for item in value]
        rng.shuffle(items)
        return items
    return value
