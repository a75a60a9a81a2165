"""`motcua ask --explain`: how an answer was decided, for operators."""

from bot.answers.facts import gather
from bot.answers.verdict import Part, Verdict
from bot.app import App
from bot.conversation.messages import Answer, Question, family_of
from knowledge.clock import vietnam_day


def explained(question: Question, answer: Answer, app: App) -> str:
    """The ending with its confidence, and the candidates by rank."""
    candidates = Verdict(ending=answer.ending, parts=tuple(map(Part, answer.procedures)))
    with app.database.session() as session:
        facts = gather(session, candidates, day=vietnam_day(question.asked_at), edition=answer.edition)
    named = [
        f"  {rank}. {code} {facts.known[code].plain_name if code in facts.known else '(not in force today)'}"
        for rank, code in enumerate(answer.procedures, start=1)
    ]
    ending = f"{answer.ending} (family {family_of(answer.ending)}, aspect {answer.aspect})"
    return "\n".join(
        [
            f"ending      {ending}",
            f"confidence  {answer.confidence:.2f}",
            f"edition     {answer.edition}",
            "candidates",
            *(named or ["  none"]),
        ]
    )
