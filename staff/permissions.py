"""Who may do what, and on whose cases. This table is the whole of it.

Source: roles and reach of the provider's operating model (HMIP Thames Valley CRC 2018, Annex 3).
"""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    OFFICER = "officer"
    SPO = "spo"
    HUB = "hub"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    FACILITATOR = "facilitator"
    RESETTLEMENT = "resettlement"
    MENTOR = "mentor"
    QUALITY = "quality"
    HEAD = "head"
    AUDITOR = "auditor"
    SYSTEM = "system"

    @property
    def title(self):
        return TITLES[self]

    @classmethod
    def choices(cls):
        return [(role.value, role.title) for role in cls]


TITLES = {
    Role.OFFICER: "Responsible officer",
    Role.SPO: "Senior probation officer",
    Role.HUB: "Admin hub",
    Role.COORDINATOR: "Unpaid work coordinator",
    Role.SUPERVISOR: "Unpaid work supervisor",
    Role.FACILITATOR: "Facilitator",
    Role.RESETTLEMENT: "Through the Gate worker",
    Role.MENTOR: "Mentor",
    Role.QUALITY: "Quality manager",
    Role.HEAD: "Head of service",
    Role.AUDITOR: "Auditor",
    Role.SYSTEM: "System administrator",
}


class Reach(IntEnum):
    """How far authority runs. Each step includes the ones before it; NONE is falsy."""

    NONE = 0
    OWN = 1  # the cases this person is the responsible officer of
    ASSIGNED = 2  # and those on which they hold an open assignment
    TEAM = 3  # and those of their team
    PROVIDER = 4  # every case of the provider


class Action(StrEnum):
    VIEW_CASE = "view_case"
    LIST_CASES = "list_cases"
    SEARCH_CASES = "search_cases"
    EXPORT_CASES = "export_cases"
    VIEW_PROTECTED_NAMES = "view_protected_names"
    VIEW_CHECKS = "view_checks"
    RECORD_CHECK = "record_check"
    ANALYSE_CHECK = "analyse_check"
    VIEW_PLACEMENT = "view_placement"
    JUDGE_PLACEMENT = "judge_placement"
    DECIDE_PLACEMENT = "decide_placement"
    VIEW_TEAM = "view_team"
    VIEW_DATA_QUALITY = "view_data_quality"
    VIEW_IMPORTS = "view_imports"
    SET_POLICY = "set_policy"
    VIEW_POLICY = "view_policy"
    VIEW_CATALOGUE = "view_catalogue"
    SAY_WEEK = "say_week"
    ANSWER_REFERRAL = "answer_referral"
    VIEW_WAITING = "view_waiting"
    GIVE_PLACE = "give_place"
    DECIDE_UNMET_NEED = "decide_unmet_need"
    VIEW_GROUPS = "view_groups"
    RUN_GROUPS = "run_groups"
    RECORD_LEADER = "record_leader"
    KEEP_GROUP_REGISTER = "keep_group_register"
    VIEW_DEMAND = "view_demand"
    PLAN_QUARTER = "plan_quarter"
    OPEN_IN_EMERGENCY = "open_in_emergency"
    VIEW_AUDIT = "view_audit"
    VIEW_ACCOUNT = "view_account"
    VIEW_WORK = "view_work"
    VIEW_DUTY = "view_duty"
    VIEW_DOCUMENTS = "view_documents"
    VIEW_AGENCIES = "view_agencies"
    SET_AGENCIES = "set_agencies"
    SEND_BATCH = "send_batch"
    TAKE_IN_REPLY = "take_in_reply"
    WRITE_INTERIM_PLAN = "write_interim_plan"
    AGREE_INTERIM_PLAN = "agree_interim_plan"
    RAISE_NOW = "raise_now"
    RECORD_INFORMATION = "record_information"
    VIEW_INFORMATION = "view_information"
    READ_INFORMATION = "read_information"
    ARRANGE_COVER = "arrange_cover"
    TAKE_UP_BACKLOG = "take_up_backlog"
    VIEW_MEASURES = "view_measures"
    VIEW_ASSESSMENT = "view_assessment"
    WRITE_ASSESSMENT = "write_assessment"
    COUNTERSIGN = "countersign"
    VIEW_PLAN = "view_plan"
    WRITE_PLAN = "write_plan"
    DECIDE_ROUTE = "decide_route"
    VIEW_OVERRIDES = "view_overrides"
    ASK_OVERRIDE = "ask_override"
    DECIDE_OVERRIDE = "decide_override"
    READ_OVERRIDE = "read_override"
    KEEP_WORDS = "keep_words"
    VIEW_DIARY = "view_diary"
    BOOK_APPOINTMENT = "book_appointment"
    RECORD_OUTCOME = "record_outcome"
    RECORD_CONTACT = "record_contact"
    DECIDE_ABSENCE = "decide_absence"
    SET_SAFE_CONTACT = "set_safe_contact"
    SET_PLACES = "set_places"
    VISIT_HOME = "visit_home"
    DECIDE_VISIT_SAFETY = "decide_visit_safety"
    WATCH_VISIT = "watch_visit"
    VIEW_REVIEW = "view_review"
    WRITE_REVIEW = "write_review"
    RECOMMEND = "recommend"
    VIEW_RECOMMENDATIONS = "view_recommendations"
    ANSWER_RECOMMENDATION = "answer_recommendation"
    DECIDE_CONTEST = "decide_contest"
    VIEW_RESTRICTIONS = "view_restrictions"
    SET_RESTRICTIONS = "set_restrictions"
    VIEW_UNPAID_WORK = "view_unpaid_work"
    WRITE_WORK_RISK = "write_work_risk"
    VIEW_PROJECTS = "view_projects"
    SET_PROJECTS = "set_projects"
    ALLOCATE_WORK = "allocate_work"
    RUN_SESSION = "run_session"
    CREDIT_HOURS = "credit_hours"
    WATCH_SITE = "watch_site"
    VIEW_WORK_FIGURES = "view_work_figures"
    VIEW_MOVEMENTS = "view_movements"
    NAME_OFFICER = "name_officer"
    RECORD_ARRIVAL = "record_arrival"
    HOLD_INDUCTION = "hold_induction"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    PLAN_DEPARTURE = "plan_departure"
    SHARE_OUT_CASES = "share_out_cases"
    ESCALATE_RISK = "escalate_risk"
    RECORD_NPS_ANSWER = "record_nps_answer"
    PAUSE_CASE = "pause_case"
    RECORD_DEATH = "record_death"
    UNDO_DEATH = "undo_death"
    END_CASE = "end_case"
    REOPEN_CASE = "reopen_case"
    SET_ROTA = "set_rota"
    SEE_WALK_IN = "see_walk_in"
    GIVE_FARE = "give_fare"
    VIEW_MEETINGS = "view_meetings"
    RECORD_MEETING = "record_meeting"
    READ_MINUTES = "read_minutes"
    ANSWER_COURT = "answer_court"
    VIEW_VICTIM_LIAISON = "view_victim_liaison"
    TELL_VICTIM_LIAISON = "tell_victim_liaison"
    ASK_WELFARE = "ask_welfare"
    VIEW_HOME_OFFICE = "view_home_office"
    RECORD_HOME_OFFICE = "record_home_office"
    DECIDE_TRAVEL = "decide_travel"
    VIEW_FURTHER_OFFENCE = "view_further_offence"
    RECORD_FURTHER_OFFENCE = "record_further_offence"
    NOTIFY_FURTHER_OFFENCE = "notify_further_offence"
    TAKE_COMPLAINT = "take_complaint"
    VIEW_COMPLAINTS = "view_complaints"
    ANSWER_COMPLAINT = "answer_complaint"
    VIEW_RELEASE = "view_release"
    RECORD_CUSTODY = "record_custody"
    WRITE_RESETTLEMENT = "write_resettlement"
    REFER_TO_SERVICE = "refer_to_service"
    VIEW_SERVICES = "view_services"
    SET_SERVICES = "set_services"
    DECIDE_NO_HOME = "decide_no_home"
    TAKE_OVER_RELEASE = "take_over_release"
    MEET_AT_GATE = "meet_at_gate"
    UNDO_RELEASE = "undo_release"
    VIEW_ENFORCEMENT = "view_enforcement"
    RECORD_FAILURE = "record_failure"
    ANSWER_FAILURE = "answer_failure"
    SEND_LETTER = "send_letter"
    WORK_QUEUE = "work_queue"
    VIEW_QUEUE = "view_queue"
    SUBMIT_BREACH = "submit_breach"
    WITHDRAW_BREACH = "withdraw_breach"
    READ_WITHDRAWN_BREACH = "read_withdrawn_breach"
    ASK_RECALL = "ask_recall"
    COUNTERSIGN_RECALL = "countersign_recall"
    VIEW_ENFORCEMENT_FIGURES = "view_enforcement_figures"
    VIEW_EQUALITY = "view_equality"
    VIEW_WORKLOAD = "view_workload"
    RECORD_OFFICER = "record_officer"
    SAVE_VIEW = "save_view"
    VIEW_SENIOR_ACTIONS = "view_senior_actions"
    ASK_SENIOR_ACTION = "ask_senior_action"
    DO_SENIOR_ACTION = "do_senior_action"
    VIEW_SUPERVISION = "view_supervision"
    HOLD_SUPERVISION = "hold_supervision"
    ANSWER_SUPERVISION = "answer_supervision"


_, OWN, ASSIGNED, TEAM, ALL = Reach
# fmt: off
PERMISSIONS = {
    #                               RO        SPO   HUB   UPWC      UPWS      FAC       TTG       MENT      QUAL  HEAD  AUD   SYS
    Action.VIEW_CASE:              (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.LIST_CASES:             (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.SEARCH_CASES:           (ALL,      ALL,  ALL,  ALL,      _,        ALL,      ALL,      _,        ALL,  ALL,  ALL,  _),
    Action.EXPORT_CASES:           (_,        TEAM, ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_PROTECTED_NAMES:   (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_CHECKS:            (TEAM,     ALL,  ALL,  ASSIGNED, _,        _,        ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.RECORD_CHECK:           (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.ANALYSE_CHECK:          (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_PLACEMENT:         (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.JUDGE_PLACEMENT:        (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.DECIDE_PLACEMENT:       (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_TEAM:              (_,        ALL,  _,    _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_DATA_QUALITY:      (_,        TEAM, ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_IMPORTS:           (_,        _,    ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  ALL),
    Action.SET_POLICY:             (_,        _,    _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_POLICY:            (ALL,      ALL,  ALL,  ALL,      ALL,      ALL,      ALL,      ALL,      ALL,  ALL,  ALL,  ALL),
    Action.VIEW_CATALOGUE:         (ALL,      ALL,  ALL,  ALL,      ALL,      ALL,      ALL,      ALL,      ALL,  ALL,  ALL,  ALL),
    # When somebody can come to a group, what is proposed to them, who waits for what, and a place
    Action.SAY_WEEK:               (TEAM,     ALL,  ALL,  _,        _,        ASSIGNED, ASSIGNED, _,        _,    _,    _,    _),
    Action.ANSWER_REFERRAL:        (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_WAITING:           (TEAM,     ALL,  _,    _,        _,        ALL,      _,        _,        ALL,  ALL,  ALL,  _),
    Action.GIVE_PLACE:             (ASSIGNED, TEAM, _,    _,        _,        ALL,      _,        _,        _,    _,    _,    _),
    Action.DECIDE_UNMET_NEED:      (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    # Series, rooms and leaders: of no case. The register is of those who are in the groups that one leads: BY_A_GROUP_ALONE
    Action.VIEW_GROUPS:            (ALL,      ALL,  ALL,  _,        _,        ALL,      ALL,      _,        ALL,  ALL,  ALL,  _),
    Action.RUN_GROUPS:             (_,        _,    _,    _,        _,        ALL,      _,        _,        _,    ALL,  _,    _),
    Action.RECORD_LEADER:          (_,        ALL,  _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.KEEP_GROUP_REGISTER:    (ASSIGNED, TEAM, _,    _,        _,        ASSIGNED, _,        _,        _,    _,    _,    _),
    Action.VIEW_DEMAND:            (_,        ALL,  _,    _,        _,        ALL,      _,        _,        ALL,  ALL,  ALL,  _),
    Action.PLAN_QUARTER:           (_,        _,    _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.OPEN_IN_EMERGENCY:      (ALL,      ALL,  _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_AUDIT:             (_,        _,    _,    _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_ACCOUNT:           (ALL,      ALL,  ALL,  ALL,      ALL,      ALL,      ALL,      ALL,      ALL,  ALL,  ALL,  ALL),
    Action.VIEW_WORK:              (ASSIGNED, TEAM, ALL,  ALL,      _,        _,        ASSIGNED, _,        _,    ALL,  _,    _),
    Action.VIEW_DUTY:              (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_DOCUMENTS:         (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_AGENCIES:          (ALL,      ALL,  ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.SET_AGENCIES:           (_,        _,    ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.SEND_BATCH:             (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.TAKE_IN_REPLY:          (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.WRITE_INTERIM_PLAN:     (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.AGREE_INTERIM_PLAN:     (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.RAISE_NOW:              (TEAM,     ALL,  _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.RECORD_INFORMATION:     (ALL,      ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        _,    ALL,  _,    _),
    Action.VIEW_INFORMATION:       (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.READ_INFORMATION:       (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.ARRANGE_COVER:          (OWN,      TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.TAKE_UP_BACKLOG:        (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_MEASURES:          (TEAM,     ALL,  _,    _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_ASSESSMENT:        (TEAM,     ALL,  _,    ASSIGNED, _,        _,        ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.WRITE_ASSESSMENT:       (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.COUNTERSIGN:            (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_PLAN:              (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.WRITE_PLAN:             (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.DECIDE_ROUTE:           (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_OVERRIDES:         (ASSIGNED, ALL,  _,    _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.ASK_OVERRIDE:           (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.DECIDE_OVERRIDE:        (_,        ALL,  _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.READ_OVERRIDE:          (_,        _,    _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.KEEP_WORDS:             (ALL,      ALL,  ALL,  ALL,      ALL,      ALL,      ALL,      ALL,      ALL,  ALL,  ALL,  ALL),
    Action.VIEW_DIARY:             (TEAM,     ALL,  ALL,  _,        _,        _,        ASSIGNED, _,        _,    ALL,  _,    _),
    Action.BOOK_APPOINTMENT:       (TEAM,     ALL,  ALL,  _,        _,        _,        ASSIGNED, _,        _,    _,    _,    _),
    Action.RECORD_OUTCOME:         (TEAM,     ALL,  _,    _,        _,        _,        ASSIGNED, _,        _,    _,    _,    _),
    Action.RECORD_CONTACT:         (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        _,    ALL,  _,    _),
    Action.DECIDE_ABSENCE:         (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.SET_SAFE_CONTACT:       (TEAM,     ALL,  ALL,  _,        _,        _,        ASSIGNED, _,        _,    _,    _,    _),
    Action.SET_PLACES:             (_,        _,    ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VISIT_HOME:             (TEAM,     ALL,  _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.DECIDE_VISIT_SAFETY:    (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.WATCH_VISIT:            (ALL,      ALL,  ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_REVIEW:            (TEAM,     ALL,  _,    _,        _,        _,        ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.WRITE_REVIEW:           (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.RECOMMEND:              (_,        _,    _,    _,        _,        _,        _,        _,        ALL,  ALL,  _,    _),
    Action.VIEW_RECOMMENDATIONS:   (ASSIGNED, ALL,  _,    _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.ANSWER_RECOMMENDATION:  (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.DECIDE_CONTEST:         (_,        _,    _,    _,        _,        _,        _,        _,        ALL,  ALL,  _,    _),
    Action.VIEW_RESTRICTIONS:      (TEAM,     ALL,  ALL,  ALL,      _,        _,        ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.SET_RESTRICTIONS:       (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_UNPAID_WORK:       (TEAM,     ALL,  ALL,  ALL,      _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.WRITE_WORK_RISK:        (ASSIGNED, TEAM, _,    ALL,      _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_PROJECTS:          (ALL,      ALL,  ALL,  ALL,      ALL,      _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.SET_PROJECTS:           (_,        _,    _,    ALL,      _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.ALLOCATE_WORK:          (_,        TEAM, _,    ALL,      _,        _,        _,        _,        _,    _,    _,    _),
    Action.RUN_SESSION:            (_,        _,    _,    ALL,      ASSIGNED, _,        _,        _,        _,    _,    _,    _),
    Action.CREDIT_HOURS:           (_,        _,    _,    ALL,      _,        _,        _,        _,        _,    _,    _,    _),
    Action.WATCH_SITE:             (_,        ALL,  _,    ALL,      OWN,      _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_WORK_FIGURES:      (_,        ALL,  _,    ALL,      _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_MOVEMENTS:         (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.NAME_OFFICER:           (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.RECORD_ARRIVAL:         (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.HOLD_INDUCTION:         (TEAM,     ALL,  _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.HAND_OVER:              (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.TAKE_OVER:              (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.PLAN_DEPARTURE:         (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.SHARE_OUT_CASES:        (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.ESCALATE_RISK:          (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.RECORD_NPS_ANSWER:      (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.PAUSE_CASE:             (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.RECORD_DEATH:           (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.UNDO_DEATH:             (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.END_CASE:               (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.REOPEN_CASE:            (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.SET_ROTA:               (_,        TEAM, ALL,  _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.SEE_WALK_IN:            (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.GIVE_FARE:              (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_MEETINGS:          (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.RECORD_MEETING:         (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.READ_MINUTES:           (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.ANSWER_COURT:           (TEAM,     ALL,  ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_VICTIM_LIAISON:    (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.TELL_VICTIM_LIAISON:    (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.ASK_WELFARE:            (TEAM,     ALL,  _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_HOME_OFFICE:       (TEAM,     ALL,  ALL,  _,        _,        _,        ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.RECORD_HOME_OFFICE:     (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.DECIDE_TRAVEL:          (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_FURTHER_OFFENCE:   (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.RECORD_FURTHER_OFFENCE: (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.NOTIFY_FURTHER_OFFENCE: (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.TAKE_COMPLAINT:         (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        ALL,  ALL,  _,    _),
    Action.VIEW_COMPLAINTS:        (_,        TEAM, ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.ANSWER_COMPLAINT:       (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_RELEASE:           (TEAM,     ALL,  ALL,  _,        _,        _,        ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.RECORD_CUSTODY:         (ASSIGNED, TEAM, ALL,  _,        _,        _,        ASSIGNED, _,        _,    _,    _,    _),
    Action.WRITE_RESETTLEMENT:     (ASSIGNED, TEAM, _,    _,        _,        _,        ASSIGNED, _,        _,    _,    _,    _),
    Action.REFER_TO_SERVICE:       (ASSIGNED, TEAM, ALL,  _,        _,        _,        ASSIGNED, _,        _,    _,    _,    _),
    Action.VIEW_SERVICES:          (ALL,      ALL,  ALL,  _,        _,        _,        ALL,      _,        ALL,  ALL,  ALL,  _),
    Action.SET_SERVICES:           (_,        _,    ALL,  _,        _,        _,        ALL,      _,        _,    ALL,  _,    _),
    Action.DECIDE_NO_HOME:         (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.TAKE_OVER_RELEASE:      (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.MEET_AT_GATE:           (ASSIGNED, TEAM, _,    _,        _,        _,        ASSIGNED, ASSIGNED, _,    ALL,  _,    _),
    Action.UNDO_RELEASE:           (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_ENFORCEMENT:       (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        ALL,  ALL,  ALL,  _),
    Action.RECORD_FAILURE:         (TEAM,     ALL,  ALL,  ASSIGNED, _,        ASSIGNED, ASSIGNED, _,        _,    _,    _,    _),
    Action.ANSWER_FAILURE:         (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.SEND_LETTER:            (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.WORK_QUEUE:             (_,        _,    ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.VIEW_QUEUE:             (_,        ALL,  ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.SUBMIT_BREACH:          (ASSIGNED, TEAM, ALL,  _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.WITHDRAW_BREACH:        (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.READ_WITHDRAWN_BREACH:  (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.ASK_RECALL:             (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    Action.COUNTERSIGN_RECALL:     (_,        ALL,  _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.VIEW_ENFORCEMENT_FIGURES: (_,        ALL,  ALL,  _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_EQUALITY:          (_,        _,    _,    _,        _,        _,        _,        _,        ALL,  ALL,  _,    _),
    Action.VIEW_WORKLOAD:          (OWN,      TEAM, _,    _,        _,        _,        _,        _,        ALL,  ALL,  ALL,  _),
    Action.RECORD_OFFICER:         (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    # An address of a list, which gives nobody more than they reach already
    Action.SAVE_VIEW:              (ALL,      ALL,  ALL,  _,        _,        ALL,      ALL,      _,        ALL,  ALL,  ALL,  _),
    Action.VIEW_SENIOR_ACTIONS:    (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.ASK_SENIOR_ACTION:      (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.DO_SENIOR_ACTION:       (ASSIGNED, TEAM, _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
    # Of a member of staff and not of a case: their own, those of the team, every one
    Action.VIEW_SUPERVISION:       (OWN,      TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.HOLD_SUPERVISION:       (_,        TEAM, _,    _,        _,        _,        _,        _,        _,    ALL,  _,    _),
    Action.ANSWER_SUPERVISION:     (OWN,      _,    _,    _,        _,        _,        _,        _,        _,    _,    _,    _),
}
# fmt: on

# Whoever leads a group is assigned to the cases of those in it. That brings a facilitator near them for all that the table
# gives to whom is assigned. These roles it brings near for the register alone: the rest would be an officer's own work
BY_A_GROUP_ALONE = {Role.OFFICER: frozenset({Action.KEEP_GROUP_REGISTER})}

ORDER = {role: place for place, role in enumerate(Role)}


def reach(role, action):
    """How far this role's authority runs for this action. An unknown role reaches nothing."""
    return PERMISSIONS[action][ORDER[Role(role)]] if role else Reach.NONE


def reaches_by_group(role, action):
    """Whether to lead the group that somebody is in brings this role near their case for this action."""
    return role not in BY_A_GROUP_ALONE or action in BY_A_GROUP_ALONE[role]
