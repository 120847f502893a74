"""The file of a case, in the language of its reader."""

from content.sight.rules import Kind
from service.entries.showing import shown_counts, shown_entry
from service.evidence.showing import shown_evidence
from service.file.agreed import agreed_actions
from service.file.course import HandedIn
from service.file.material import MOST_LISTED, Material
from service.file.schemas import Appointment, CaseFile, WrittenDocument
from service.filled.showing import shown_filled
from service.filled.titles import Titles, titles_of
from service.filled.written import form_in
from service.periods.showing import shown_periods
from service.plans.revisions import Revision
from service.plans.schemas import PlanRevision
from service.plans.showing import shown_line, shown_revision
from service.ratings.evidence import evidence_titles
from service.ratings.reading import rating_form
from service.ratings.schemas import RatingDetail
from service.ratings.showing import shown_result
from service.wording import stage_name, trigger_name
from states.triggers import Trigger
from translations import Locale


def shown_file(material: Material, locale: Locale) -> CaseFile:
    """All that the reader sees of a case."""
    sight, course = material.sight, material.course
    case, appraisal = sight.sight.case, sight.sight.appraisal
    shown = _Shown(material, locale)
    appointment = material.appointment
    return CaseFile(
        appraisal_id=case.id,
        employee_id=case.employee_id,
        employee=case.employee,
        unit=case.unit,
        cycle=case.cycle,
        year=case.year,
        stage=appraisal.stage,
        stage_name=stage_name(appraisal.stage, locale),
        sequence=appraisal.sequence,
        scheme=appraisal.rulebook,
        roles=sorted(sight.roles),
        open=[kind for kind in Kind if sight.sees(kind)],
        plan=shown.revision(course.plan),
        submitted_plan=shown.revision(course.submitted_plan),
        revisions=[shown_line(each, locale) for each in course.revisions],
        check_ins=[shown.document(each) for each in course.check_ins],
        self_assessment=None if course.self_assessment is None else shown.document(course.self_assessment),
        rating=shown.rating(),
        appointment=None if appointment is None else Appointment.model_validate(appointment),
        meeting=None if course.meeting is None else shown.document(course.meeting),
        evidence=[
            shown_evidence(each, sight, material.reader, locale) for each in material.evidence[:MOST_LISTED]
        ],
        more_evidence=len(material.evidence) > MOST_LISTED,
        entries=[
            shown_entry(each, sight, material.reader, locale) for each in material.entries[:MOST_LISTED]
        ],
        more_entries=len(material.entries) > MOST_LISTED,
        counts=shown_counts(material.counts, sight.rules, locale),
        periods=shown_periods(material.periods, case.id, sight.rules, locale),
        agreed_last_year=agreed_actions(material.meetings, sight.sight.now.date(), locale),
    )


class _Shown:
    """Puts the texts of one file into words, each by the version of the scheme under which it was written."""

    def __init__(self, material: Material, locale: Locale) -> None:
        self._material = material
        self._locale = locale
        self._titles: dict[str, Titles] = {}

    def revision(self, revision: Revision | None) -> PlanRevision | None:
        """A submitted plan, which is about its own rows."""
        if revision is None:
            return None
        material, locale = self._material, self._locale
        written = material.texts[revision.digest].content
        rules = material.rules[revision.submitted.rulebook]
        titles = titles_of(rules, locale, plan=form_in(written), above=material.above)
        return shown_revision(revision, written, rules, titles, locale)

    def document(self, handed_in: HandedIn) -> WrittenDocument:
        """A text that is about the plan in force."""
        act, locale = handed_in.act, self._locale
        rules = self._material.rules[act.rulebook]
        form = None if rules is None else rules.form_for(Trigger(act.trigger))
        written = self._material.texts[handed_in.digest].content
        return WrittenDocument(
            digest=handed_in.digest,
            trigger=act.trigger,
            trigger_name=trigger_name(act.trigger, locale),
            by=act.actor or "",
            on_behalf_of=act.on_behalf_of,
            at=act.at,
            returned=handed_in.returned,
            written=shown_filled(written, form, rules, self._named(act.rulebook), locale),
        )

    def rating(self) -> RatingDetail | None:
        """The result that counts, or its draft."""
        material, result = self._material, self._material.course.result
        if result is None:
            return None
        rules = material.rules[result.by.rulebook]
        return shown_result(
            material.sight.sight.case.id,
            result,
            material.texts[result.digest].content,
            rating_form(rules, material.sight.sight.appraisal.basis),
            rules,
            self._named(result.by.rulebook),
            self._locale,
        )

    def _named(self, rulebook: str) -> Titles:
        """How the plan in force and the evidence are called."""
        if rulebook not in self._titles:
            material, plan = self._material, self._material.course.plan
            self._titles[rulebook] = titles_of(
                material.rules[rulebook],
                self._locale,
                plan=None if plan is None else form_in(material.texts[plan.digest].content),
                above=material.above,
                evidence=evidence_titles(material.evidence, self._locale),
            )
        return self._titles[rulebook]
