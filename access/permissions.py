"""Who may do what, as data. The table is the product's own; gates use it, and tests/access/test_permissions.py compares it with what the database grants.

R read, W write, s structure only (kinds, states, dates, numbers; no words), - nothing. A therapist's R and W mean "with a readable / writable assignment";
whoever reads as a supervisor or by break-glass acts as kind therapist and finds no row that may be written.
"""

from dataclasses import dataclass
from enum import Enum

from core.actor import Kind


@dataclass(frozen=True)
class Row:
    """What each kind of actor may do with the tables of one subject (`app.Model` names)."""

    tables: tuple[str, ...]
    portal: str
    therapist: str
    admin: str

    def of(self, kind: Kind) -> str:
        return {"portal": self.portal, "therapist": self.therapist, "admin": self.admin}.get(kind, "-")


TABLE: dict[str, Row] = {
    "contact": Row(("clients.Client",), portal="RW", therapist="RW", admin="RW"),
    "summary": Row(("clients.ClientSummary",), portal="-", therapist="RW", admin="-"),
    "episodes": Row(("clients.Episode",), portal="R", therapist="RW", admin="RW"),
    "assignments": Row(("clients.CareAssignment",), portal="R", therapist="RW", admin="RW"),
    "consents": Row(("clients.Consent",), portal="RW", therapist="RW", admin="s"),  # staff: the one to reminders set together, nothing else
    "reminders": Row(("reminders.ReminderPreference", "reminders.ReminderTime", "reminders.Reminder"), portal="RW", therapist="RW", admin="s"),
    "entries": Row(("clients.TimelineEntry", "clients.Practice", "strengths.Strength", "strengths.StrengthEpisode"), portal="RW", therapist="RW", admin="s"),
    "support_map": Row(("strengths.Supporter", "strengths.ReachOut"), portal="RW", therapist="RW", admin="s"),
    "coping": Row(("coping.CopingStrategy", "coping.StrategyUse"), portal="RW", therapist="RW", admin="s"),
    "compassion": Row(("selfcare.CompassionNote",), portal="RW", therapist="RW", admin="s"),
    "coping_plan": Row(("coping.CopingPlan",), portal="RW", therapist="RW", admin="s"),
    "selfcare": Row(("selfcare.SelfCareActivity", "selfcare.SelfCareEntry", "selfcare.DomainHidden"), portal="RW", therapist="RW", admin="s"),
    "jar": Row(("mindset.GratitudeEntry", "mindset.Accomplishment"), portal="RW", therapist="RW", admin="s"),
    "thoughts": Row(("mindset.ThoughtRecord", "mindset.Evidence"), portal="RW", therapist="RW", admin="s"),
    "portal_choices": Row(("clients.PortalChoice",), portal="RW", therapist="-", admin="-"),  # what the own pages leave out
    "safety_plan": Row(("safety.SafetyPlan",), portal="RW", therapist="RW", admin="s"),
    "taps": Row(("clients.CheckIn", "clients.LifeEvent", "homework.NotToday", "homework.ReadingNote"), portal="RW", therapist="R", admin="s"),  # hers alone
    "agenda": Row(("therapy.AgendaItem",), portal="RW", therapist="RW", admin="s"),
    "goals": Row(("therapy.Goal", "therapy.GoalRating"), portal="RW", therapist="RW", admin="s"),
    "runs": Row(("homework.ExerciseRun",), portal="RW", therapist="RW", admin="s"),
    "answers": Row(("homework.ExerciseAnswer",), portal="RW", therapist="RW", admin="-"),
    "homework": Row(("homework.Assignment",), portal="RW", therapist="RW", admin="s"),
    "replies": Row(("homework.Reply",), portal="RW", therapist="RW", admin="s"),  # the client: that it was read
    "reading": Row(("homework.ReadingGiven",), portal="RW", therapist="RW", admin="s"),
    "library": Row(("homework.Exercise", "homework.ExerciseVersion"), portal="R", therapist="RW", admin="RW"),  # a clinic's own; ours is the owner's
    "paper": Row(("homework.PaperSheet",), portal="-", therapist="RW", admin="-"),
    "blank_paper": Row(("homework.BlankSheet",), portal="-", therapist="RW", admin="RW"),
    "sessions": Row(("therapy.TherapySession",), portal="s", therapist="RW", admin="RW"),
    "notes": Row(("therapy.SessionNote", "therapy.Amendment"), portal="-", therapist="RW", admin="s"),
    "private_notes": Row(("therapy.PrivateNote", "therapy.LogDraft"), portal="-", therapist="RW", admin="-"),
    "audit": Row(("audit.AuditEvent",), portal="RW", therapist="RW", admin="RW"),
    "audit_seal": Row(("audit.AuditSeal",), portal="-", therapist="-", admin="R"),
    "invitations": Row(("accounts.Invitation",), portal="-", therapist="RW", admin="RW"),
    "members": Row(("accounts.Membership",), portal="R", therapist="R", admin="RW"),
    "browser_sessions": Row(("accounts.BrowserSession",), portal="-", therapist="-", admin="-"),  # sign-in's own
    "people": Row(("accounts.User",), portal="s", therapist="s", admin="s"),
    "clinic": Row(("accounts.Clinic",), portal="R", therapist="R", admin="RW"),
    "lines": Row(("safety.CrisisLine", "safety.LineCheck"), portal="-", therapist="R", admin="RW"),  # what is checked of them, Help now shows to everybody
    "community": Row(("strengths.CommunityService",), portal="R", therapist="RW", admin="RW"),
    "supervision": Row(("accounts.Supervision",), portal="-", therapist="R", admin="RW"),
}


class Permission(Enum):
    """What a view asks for: a subject and an act. W needs a writable assignment where a client is concerned."""

    CONTACT_READ = ("contact", "R")
    CONTACT_WRITE = ("contact", "W")
    SUMMARY_READ = ("summary", "R")
    EPISODES_READ = ("episodes", "R")
    ASSIGNMENTS_WRITE = ("assignments", "W")
    INVITATIONS_WRITE = ("invitations", "W")
    ENTRIES_READ = ("entries", "R")
    ENTRIES_WRITE = ("entries", "W")
    SUPPORT_MAP_READ = ("support_map", "R")
    SUPPORT_MAP_WRITE = ("support_map", "W")
    COMMUNITY_READ = ("community", "R")
    COMMUNITY_WRITE = ("community", "W")
    COPING_READ = ("coping", "R")
    COPING_WRITE = ("coping", "W")
    SELFCARE_READ = ("selfcare", "R")
    SELFCARE_WRITE = ("selfcare", "W")
    COMPASSION_READ = ("compassion", "R")
    COMPASSION_WRITE = ("compassion", "W")
    JAR_READ = ("jar", "R")
    THOUGHTS_READ = ("thoughts", "R")
    THOUGHTS_WRITE = ("thoughts", "W")
    SAFETY_PLAN_READ = ("safety_plan", "R")
    SAFETY_PLAN_WRITE = ("safety_plan", "W")
    LIBRARY_READ = ("library", "R")
    LIBRARY_WRITE = ("library", "W")
    HOMEWORK_READ = ("homework", "R")
    HOMEWORK_WRITE = ("homework", "W")
    REPLIES_WRITE = ("replies", "W")
    READING_READ = ("reading", "R")
    READING_WRITE = ("reading", "W")
    SESSIONS_WRITE = ("sessions", "W")
    NOTES_READ = ("notes", "R")
    NOTES_WRITE = ("notes", "W")
    PRIVATE_NOTES_WRITE = ("private_notes", "W")
    AGENDA_READ = ("agenda", "R")
    AGENDA_WRITE = ("agenda", "W")
    GOALS_READ = ("goals", "R")
    GOALS_WRITE = ("goals", "W")
    REMINDERS_READ = ("reminders", "R")
    AUDIT_READ = ("audit_seal", "R")
    MEMBERS_WRITE = ("members", "W")
    LINES_READ = ("lines", "R")
    LINES_WRITE = ("lines", "W")
    CLINIC_WRITE = ("clinic", "W")
    SUPERVISION_WRITE = ("supervision", "W")

    @property
    def writes(self) -> bool:
        return self.value[1] == "W"

    def allowed_to(self, kind: Kind) -> bool:
        """Does this kind of actor hold the permission at all? Structure alone counts as reading."""
        held = TABLE[self.value[0]].of(kind)
        return "W" in held if self.writes else held != "-"
