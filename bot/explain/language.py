"""How the message was read: steps that did something, repairs, what each word weighs, what is asked."""

from collections.abc import Mapping

from bot.answers.case import Case
from bot.explain.sheet import Row, Sheet, changed, number
from knowledge.language.aspects import aspect_signs, phrases_in
from knowledge.language.circumstances import load_circumstances
from knowledge.language.classifier import load_model
from knowledge.language.tracing import fired_steps
from knowledge.search.asked import UNKNOWN

LIKELIEST = 4  # classes shown of a model


def steps(case: Case) -> Sheet:
    """The steps of the normalisation that changed something. Of a text that only changed its spaces nothing is told."""
    fired = ((one.step, changed(one.before, one.after)) for one in fired_steps(case.text.original))
    return Sheet("normalisation", ("step", "what it changed"), tuple(row for row in fired if row[1]))


def repairs(case: Case) -> Sheet:
    """What the index mended or left out, and other words it listened for because they sound alike."""
    asked, speller = case.findings.asked, case.index.speller
    mended = changed(case.text.folded, asked.words)
    alike = ((f"{asked.words[at]} may be {other}") for at, other in speller.sound_alikes(asked.words))
    rows: list[Row] = [("mended", mended)] if mended else []
    return Sheet("repairs", ("", "words"), (*rows, *(("sound alike", each) for each in alike)))


def words(case: Case) -> Sheet:
    """Each different word: how much it weighs (its rarity, less for fillers) and how many procedures share it."""
    asked, index = case.findings.asked, case.index
    rows = (
        (
            word,
            number(mass),
            "never met" if slot == UNKNOWN else f"{len(index.by_procedure.rows_of(slot)):,}",
        )
        for word, (slot, mass) in zip(dict.fromkeys(asked.words), asked.content, strict=True)
    )
    return Sheet("words", ("word", "weight", "procedures that share it"), tuple(rows))


def understood(case: Case) -> Sheet:
    asked = case.findings.asked
    named = [name for at, name in enumerate(load_circumstances()) if asked.circumstances >> at & 1]
    signs = set(aspect_signs(asked.words, phrases_in(asked.words)))
    told = {
        "aspect": asked.aspect.aspect,
        "asked for together": ", ".join(case.aspects),
        "aspect by the model": _likeliest(load_model("aspect").probabilities(signs)),
        "kind by phrases": f"{case.kind.kind} ({case.kind.force})" if case.kind else "",
        "kind by the model": _likeliest(case.chances),
        "circumstances": ", ".join(named),
        "topic": case.topic.name if case.topic else "",
        "communes": ", ".join(case.communes),
        "procedure codes": ", ".join(case.codes),
        "dossier code": "yes" if case.dossier_codes.speaks_of_dossier else "",
    }
    return Sheet("understood", ("", "found"), tuple((name, str(found)) for name, found in told.items() if found))


def _likeliest(chances: Mapping[str, float]) -> str:
    ranked = sorted(chances, key=lambda name: -chances[name])[:LIKELIEST]
    return ", ".join(f"{name} {number(chances[name])}" for name in ranked)
